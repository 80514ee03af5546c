"""Every exception the program raises on purpose.

    Failure                     exit code 1: something failed on the way
    ├── StoreFailure            the store cannot be opened, read or written
    └── WrongUse                exit code 2: the call or a file given to it is wrong
        ├── ConfigurationFault  a setting, by flag, environment or file
        ├── SourceListFault     a source list under seeds/ or elsewhere
        ├── LanguageFault       a language file, or a language that has none
        └── UnreadableFile      a file that is missing, empty or not what it should be

The message is one clear sentence for a person: what is wrong (file, key, value) and the way out.
"""


class Failure(Exception):
    """Something failed on the way."""

    exit_code = 1


class StoreFailure(Failure):
    """The store cannot be opened, read or written."""


class WrongUse(Failure):
    """The call, or a file given to it, is wrong."""

    exit_code = 2


class ConfigurationFault(WrongUse):
    """A setting is unknown or has a value it cannot take."""


class SourceListFault(WrongUse):
    """A source list is not valid."""


class LanguageFault(WrongUse):
    """A language file is not valid, or there is none for the language asked for."""


class UnreadableFile(WrongUse):
    """A file is missing, or is not what it should be."""
