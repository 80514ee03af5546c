"""Pages as the systems that newspapers are made with print them, around the same lines."""

# ruff: noqa: E501 - a line of a page is not broken

from __future__ import annotations

import json

from benchmarks.language import STORIES
from tests.crawler.extraction.world import Around

SITE = "Velmora Ledger"
MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/politics>Politics</a><li><a href=/sport>Sport</a></ul></nav>"


def title(around: Around) -> str:
    """The headline of the page."""
    return STORIES[around.language][3]


def lead(around: Around) -> str:
    """The standfirst of the page."""
    return STORIES[around.language][0]


def paragraphs(around: Around) -> list[str]:
    """The paragraphs below the standfirst."""
    story = STORIES[around.language]
    return [f"{story[1]} {story[2]}", f"{story[3]} {story[4]}", story[5], f"{story[6]} {story[7]}"]


def stated(around: Around) -> str:
    """The moment of publishing as metadata states it: to the minute."""
    return around.published if len(around.published) > 10 else f"{around.published}T06:00+03:00"


def mixed(around: Around) -> list[str]:
    """The paragraphs with the other lines between and behind them."""
    found = []
    for index, paragraph in enumerate(paragraphs(around)):
        found += [paragraph, *around.others[index : index + 1]]
    return [*found, *around.others[4:]]


def _marked(around: Around, opening: str = "<p>") -> str:
    return "".join(f"{opening}{line}</p>" for line in mixed(around))


def _listed(around: Around) -> str:
    return "".join(f"<li><a href=/x/{n}>{line[:60]}</a>" for n, line in enumerate(STORIES[around.language][:5]))


def _caption(around: Around) -> str:
    return STORIES[around.language][7]


def plain(around: Around) -> str:
    """A page without any metadata."""
    return f"""<html><head><title>{title(around)}</title></head><body><main><h1>{title(around)}</h1>
    <div class=standfirst><p>{lead(around)}</p></div>
    <div class=meta><span>{around.byline}</span><br><span>{around.date_line}</span></div>
    <figure><img src=x.jpg><figcaption>{_caption(around)}</figcaption></figure>
    <div class=text>{_marked(around)}</div></main></body></html>"""


def web_form(around: Around) -> str:
    """ASP.NET: the whole page is a form."""
    return plain(around).replace("<main>", "<form id=aspnetForm>").replace("</main>", "</form>")


def wordpress(around: Around) -> str:
    """WordPress with its usual theme, plug-ins and comments."""
    return f"""<html lang={around.language}><head><title>{title(around)} - {SITE}</title>
    <meta property=og:site_name content="{SITE}"><meta property=og:title content="{title(around)} - {SITE}">
    <meta property=og:description content="{lead(around)[:60]} [&hellip;]"></head><body class=single><header>{MENU}</header>
    <main><article class="post type-post"><header class=entry-header><a rel="category tag" href=/news>News</a>
    <h1 class=entry-title>{title(around)}</h1><div class=entry-meta><span class=posted-on><a href=/x>
    <time class="entry-date published" datetime="{stated(around)}">{around.date_line}</time></a></span>
    <span class=byline><span class="author vcard"><a class="url fn n" href=/author/x>{around.byline}</a></span></span>
    </div></header><div class=post-thumbnail><img src=a.jpg></div>
    <div class=entry-content><p><strong>{lead(around)}</strong></p>
    <figure class="wp-caption alignnone"><img src=b.jpg><figcaption class=wp-caption-text>{_caption(around)}</figcaption>
    </figure>{_marked(around)}<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><a href=#>Facebook</a></div>
    <div class=jp-relatedposts><h3>Related</h3><ul>{_listed(around)}</ul></div></div></article>
    <div id=comments class=comments-area><h2>2 comments</h2><p>{lead(around)} I do not agree with this at all.</p></div>
    </main><aside class=widget-area><ul>{_listed(around)}</ul></aside></body></html>"""


def table(around: Around) -> str:
    """An old page: a table, and blank lines between paragraphs."""
    return f"""<html><head><title>{title(around)}</title></head><body><table><tr><td colspan=3><img src=logo.gif></td></tr>
    <tr><td width=150><a href=/>Home</a><br><a href=/n>News</a><br><a href=/s>Sport</a></td><td>
    <font size=5><b>{title(around)}</b></font><br><font size=2>{around.byline}<br>{around.date_line}</font><br><br>
    <b>{lead(around)}</b><br><br>{"<br><br>".join(mixed(around))}</td><td width=150><ul>{_listed(around)}</ul></td></tr>
    </table></body></html>"""


def blogger(around: Around) -> str:
    """Blogger: the author behind the text, its first line the lead."""
    return f"""<html><head><title>{SITE}: {title(around)}</title><meta content="{title(around)}" property=og:title></head>
    <body><div class=main><h2 class=date-header>{around.date_line}</h2><div class="post hentry">
    <h3 class="post-title entry-title">{title(around)}</h3><div class="post-body entry-content">
    <div class=separator><a href=b.jpg><img src=b.jpg></a></div>{lead(around)}<br /><br />
    {"<br /><br />".join(paragraphs(around))}</div><div class=post-footer><span class="post-author vcard">
    <span class=fn>{", ".join(around.names)}</span></span> <abbr class=published title="{stated(around)}">8:05</abbr></div>
    </div></div><div class=sidebar><h2>Archive</h2><ul>{_listed(around)}</ul></div></body></html>"""


def amp(around: Around) -> str:
    """An AMP page with JSON-LD."""
    data = {
        "@type": "NewsArticle",
        "headline": title(around),
        "datePublished": stated(around),
        "author": [{"@type": "Person", "name": name} for name in around.names],
        "publisher": {"@type": "Organization", "name": SITE},
    }
    return f"""<html amp lang={around.language}><head><title>{title(around)}</title>
    <script type=application/ld+json>{json.dumps(data)}</script></head><body>
    <amp-sidebar><ul>{_listed(around)}</ul></amp-sidebar><main><article><h1>{title(around)}</h1>
    <p class=dek>{lead(around)}</p><p class=meta>{around.byline}</p><figure><amp-img src=a.jpg></amp-img>
    <figcaption>{_caption(around)}</figcaption></figure>{_marked(around)}</article></main></body></html>"""


def next_js(around: Around) -> str:
    """A page that is rendered in the browser: its text stands in the state alone, beside teasers of others."""
    body = [{"type": "paragraph", "text": line} for line in paragraphs(around)]
    teasers = [{"teaserText": line} for line in STORIES[around.language] * 2]
    state = {"props": {"article": {"title": title(around), "lead": lead(around), "body": body}, "related": teasers}}
    return f"""<html lang={around.language}><head><title>{title(around)} | {SITE}</title>
    <meta name=author content="{", ".join(around.names)}"><meta name=description content="{lead(around)}">
    <meta property=article:published_time content="{stated(around)}"></head><body><div id=__next><h1>{title(around)}</h1>
    <p class=lead>{lead(around)}</p></div><script>var a = [1]; window.__STATE__ = {json.dumps(state)};</script></body></html>"""


def drupal(around: Around) -> str:
    """Drupal: fields, a caption without a figure, rows of other articles."""
    return f"""<html lang={around.language}><head><title>{title(around)} | {SITE}</title>
    <meta property=og:site_name content="{SITE}"></head><body><header>{MENU}</header><main><article class="node node--type-article">
    <h1 class=page-header><span class=field--name-title>{title(around)}</span></h1>
    <div class="field field--name-field-teaser">{lead(around)}</div>
    <div class="field field--name-field-author">{around.byline}</div>
    <div class="field field--name-field-date"><time datetime="{stated(around)}">{around.date_line}</time></div>
    <div class="field field--name-field-image"><img src=x.jpg><div class=field__item>{_caption(around)}</div></div>
    <div class="field field--name-body">{_marked(around)}</div>
    <div class="field field--name-field-tags"><div class=field__label>Tags</div><a href=/t>bridge</a></div></article>
    <div class=view><div class=views-row><a href=/x>{lead(around)}</a></div></div></main></body></html>"""


def arc(around: Around) -> str:
    """Arc: a graph of JSON-LD, joined names, classes by block."""
    data = {
        "@graph": [
            {"@type": "WebSite", "name": SITE},
            {
                "@type": "NewsArticle",
                "headline": title(around),
                "description": lead(around),
                "datePublished": stated(around),
                "author": {"@type": "Person", "name": ", ".join(around.names)},
            },
        ]
    }
    opening = "<p class=c-paragraph>"
    return f"""<html lang={around.language}><head><title>{title(around)} - {SITE}</title>
    <script type=application/ld+json>{json.dumps(data)}</script></head><body><section><span class=c-overline>News</span>
    <h1 class=b-headline>{title(around)}</h1><h2 class=b-subheadline>{lead(around)}</h2>
    <figure><picture><img src=a></picture><figcaption><span>{_caption(around)}</span> (Hannah Cole)</figcaption></figure>
    <div class=b-byline>{around.byline}</div><time datetime="{stated(around)}">{around.date_line}</time>
    <article class=b-article-body>{_marked(around, opening)}<div class=b-newsletter><p>Sign up</p></div></article></section>
    <section class=b-more><h2>More</h2><ul>{_listed(around)}</ul></section></body></html>"""


LAYOUTS = (plain, web_form, wordpress, table, blogger, amp, next_js, drupal, arc)
DATED_BY_LINE = (plain, web_form, table)
"""Those that state no moment but the date line's."""
