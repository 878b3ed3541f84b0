import { SVG } from '../support/factories.ts'
import { svg } from '../support/images.ts'

/** SVGs that would run, load, hide or multiply something, each with what its refusal says. */
export const HOSTILE_SVGS: [string, string, RegExp][] = [
  // XML
  ['HTML', '<!DOCTYPE html><html><body/></html>', /root is not svg/],
  ['HTML around an SVG', `<html>${SVG}</html>`, /root is not svg/],
  [
    'an svg of another namespace',
    '<svg xmlns="http://www.w3.org/1999/xhtml"><script/></svg>',
    /root is not svg/,
  ],
  ['XML that is not well-formed', '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>', /no well-formed SVG/],
  ['two roots', SVG + SVG, /no well-formed SVG/],
  ['text after the root', `${SVG}bonjour`, /no well-formed SVG/],
  ['an entity', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('<text>&a;</text>')}`, /ENTITY/],
  [
    'a billion laughs',
    `<!DOCTYPE svg [<!ENTITY a "ha">${'bcdefghij'.replace(/./g, (c) => `<!ENTITY ${c} "${`&${String.fromCharCode(c.charCodeAt(0) - 1)};`.repeat(10)}">`)}]>${svg('<text>&j;</text>')}`,
    /ENTITY/,
  ],
  [
    'an external entity',
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`,
    /ENTITY/,
  ],
  ['a parameter entity', `<!DOCTYPE svg [<!entity % p SYSTEM "http://e.example">%p;]>${SVG}`, /ENTITY/],
  [
    'an entity from outside',
    `<!DOCTYPE svg SYSTEM "http://e.example/x.dtd">${svg('<text>&x;</text>')}`,
    /entity not found/,
  ],
  ['U+0000', svg('<text>\0</text>'), /no well-formed SVG/],
  ['U+0000 as a reference', svg('<text>&#0;</text>'), /no well-formed SVG/],
  // What runs
  ['script', svg('<script>alert(1)</script>'), /<script>/],
  ['SCRIPT', svg('<SCRIPT>alert(1)</SCRIPT>'), /<SCRIPT>/],
  ['script by a prefix', svg('<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>'), /<s:script>/],
  ['script of HTML', svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>'), /<h:script>/],
  ['script of no namespace', svg('<script xmlns="">1</script>'), /<script>/],
  [
    'foreignObject',
    svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
    /foreignObject/,
  ],
  ['onload', svg('<rect width="1" height="1" onload="alert(1)"/>'), /attribute onload/],
  [
    'ONCLICK on the root',
    '<svg xmlns="http://www.w3.org/2000/svg" ONCLICK="alert(1)"/>',
    /attribute ONCLICK/,
  ],
  [
    'onload by a prefix',
    svg('<s:rect xmlns:s="http://www.w3.org/2000/svg" s:onload="x"/>'),
    /attribute s:onload/,
  ],
  ['onload of xlink', svg('<use xlink:onload="x"/>'), /attribute xlink:onload/],
  ['animate', svg('<animate attributeName="href" to="javascript:alert(1)"/>'), /<animate>/],
  ['set', svg('<set attributeName="onload" to="alert(1)"/>'), /<set>/],
  [
    'a handler of XML Events',
    svg('<e:listener xmlns:e="http://www.w3.org/2001/xml-events"/>'),
    /<e:listener>/,
  ],
  // What loads
  ['a link that runs', svg('<a href="javascript:alert(1)"><text>x</text></a>'), /reference to javascript/],
  [
    'a link that runs, in character references',
    svg('<a href="&#106;avascript:alert(1)"/>'),
    /reference to javascript/,
  ],
  ['a link that runs, of xlink', svg('<a xlink:href=" java&#10;script:alert(1)"/>'), /reference to/],
  ['a link to outside', svg('<a href="https://e.example"/>'), /reference to https/],
  ['use of another file', svg('<use href="https://e.example/a.svg#a"/>'), /reference to https/],
  ['use of another file, of xlink', svg('<use xlink:href="//e.example/a.svg#a"/>'), /reference to/],
  ['use of data', svg('<use href="data:image/svg+xml,x#a"/>'), /reference to data/],
  ['href on a nested svg', svg('<svg href="https://e.example"/>'), /reference to https/],
  [
    'href by a prefix of SVG',
    svg('<s:use xmlns:s="http://www.w3.org/2000/svg" s:href="//e.example"/>'),
    /attribute s:href/,
  ],
  [
    'href by xlink bound to SVG',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/2000/svg"><use xlink:href="//e.example"/></svg>',
    /attribute xlink:href/,
  ],
  ['HREF', svg('<use HREF="https://e.example"/>'), /attribute HREF/],
  ['image', svg('<image href="https://e.example/a.png"/>'), /<image>/],
  ['image of data', svg('<image href="data:image/png;base64,AA=="/>'), /<image>/],
  ['feImage', svg('<filter id="f"><feImage href="https://e.example"/></filter>'), /<feImage>/],
  ['src', svg('<rect src="https://e.example"/>'), /attribute src/],
  // CSS
  ['@import', svg('<style>@import "https://e.example";</style>'), /<style> with a reference/],
  ['@font-face', svg('<style>@font-face{font-family:a;src:local("x")}</style>'), /<style> with a reference/],
  ['url() to outside', svg('<style>a{fill:url(https://e.example)}</style>'), /<style> with a reference/],
  ['url() in capitals', svg('<style>a{fill:URL(//e.example)}</style>'), /<style> with a reference/],
  [
    'url() beside a harmless one',
    svg('<style>a{fill:url(#a) url( "//e.example")}</style>'),
    /<style> with a reference/,
  ],
  ['url() in CDATA', svg('<style><![CDATA[a{fill:url(//e.example)}]]></style>'), /<style> with a reference/],
  [
    'url() half in CDATA',
    svg('<style>a{fill:u<![CDATA[rl(//e.example)}]]></style>'),
    /<style> with a reference/,
  ],
  [
    'url() around a comment',
    svg('<style>a{fill:u<!-- -->rl(//e.example)}</style>'),
    /<style> with a reference/,
  ],
  [
    'url() around an instruction',
    svg('<style>a{fill:u<?x?>rl(//e.example)}</style>'),
    /<style> with a reference/,
  ],
  [
    'url() around an element',
    svg('<style>a{fill:u<title>x</title>rl(//e.example)}</style>'),
    /<style> with elements/,
  ],
  [
    'url() around a note',
    svg('<style>a{fill:u<metadata/>rl(//e.example)}</style>'),
    /<style> with a reference/,
  ],
  ['url() in CSS escapes', svg('<style>a{fill:\\75 rl(//e.example)}</style>'), /<style> with a reference/],
  [
    'url() split by a comment of CSS',
    svg('<style>a{fill:u/**/rl(//e.example)}</style>'),
    /<style> with a reference/,
  ],
  ['url() in character references', svg('<rect style="fill:&#117;rl(//e.example)"/>'), /attribute style/],
  ['url() with a line end', svg('<rect fill="url(&#10;//e.example)"/>'), /attribute fill/],
  ['url() in a variable', svg('<rect style="--a:url(//e.example);fill:var(--a)"/>'), /attribute style/],
  ['image-set()', svg('<rect style="fill:image-set(&quot;//e.example&quot; 1x)"/>'), /attribute style/],
  ['image()', svg('<rect style="fill:image(&quot;//e.example&quot;)"/>'), /attribute style/],
  ['src()', svg('<rect style="fill:src(&quot;//e.example&quot;)"/>'), /attribute style/],
  ['expression()', svg('<rect style="width:expression(alert(1))"/>'), /attribute style/],
  ['a cursor', svg('<rect cursor="url(//e.example)"/>'), /attribute cursor/],
  // What multiplies
  ['deep nesting', svg('<g>'.repeat(61) + '</g>'.repeat(61)), /more than 60 levels/],
  [
    'an element of 100,000 attributes',
    svg(`<g ${Array.from({ length: 100_000 }, (_, i) => `data-${i}=""`).join(' ')}/>`),
    /more than 200 attributes/,
  ],
  ['200,000 declarations that never end', svg('<!DOCTYPE'.repeat(200_000)), /no well-formed SVG/],
  [
    '20,000 namespaces, each inside the one before',
    svg(Array.from({ length: 20_000 }, (_, i) => `<g xmlns:n${i}="u">`).join('') + '</g>'.repeat(20_000)),
    /too many namespaces/,
  ],
  ['very deep nesting', svg('<g>'.repeat(20_000) + '</g>'.repeat(20_000)), /more than 60 levels/],
  ['nested use', svg(bomb((i) => `<use href="#b${i}"/>`)), /too many references/],
  [
    'nested use with each id twice',
    svg(bomb((i) => `<use href="#b${i}"/>`) + bomb(() => '')),
    /too many references/,
  ],
  ['nested patterns', svg(bomb((i) => `<rect fill="url(#b${i})"/>`)), /too many references/],
  [
    'a circle of use',
    svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    /too many references/,
  ],
  ['use of itself', svg('<g id="a"><use href="#a"/></g>'), /too many references/],
  [
    'a long chain of use',
    svg(Array.from({ length: 15_000 }, (_, i) => `<g id="a${i}"><use href="#a${i + 1}"/></g>`).join('')),
    /too many references/,
  ],
  ['no size', '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', /no well-formed SVG/],
  // What the drawing library cannot bear: it is drawn in a process of its own
  [
    'a filter that makes the drawing library abort',
    svg('<filter id="f"><feOffset dx="1e30"/></filter><rect filter="url(#f)" width="9" height="9"/>'),
    /no well-formed SVG: it is too much to draw/,
  ],
  [
    'hundreds of blurs',
    svg(
      `<filter id="f" x="-9" y="-9" width="99" height="99"><feGaussianBlur stdDeviation="99"/></filter>${'<rect filter="url(#f)" width="999" height="999"/>'.repeat(300)}`,
    ),
    /no well-formed SVG: it is too much to draw/,
  ],
]

/** Each of ten groups refers ten times to the next: 10¹⁰ in a few kilobytes. */
function bomb(refer: (next: number) => string): string {
  return Array.from({ length: 10 }, (_, i) => `<g id="b${i}">${refer(i + 1).repeat(10)}</g>`).join('')
}
