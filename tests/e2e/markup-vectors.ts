/** What every vector would do if anything ran it. */
const run = "window.stolen=1";
const each = <A, B>(some: readonly A[], others: readonly B[], made: (one: A, other: B) => string): string[] =>
  some.flatMap((one) => others.map((other) => made(one, other)));

const scripts = each(
  ["script", "ScRiPt", "SCRIPT"],
  [
    ...[(tag: string) => `<${tag}>${run}</${tag}>`, (tag: string) => `<${tag} >${run}</${tag} >`],
    ...[(tag: string) => `<${tag}/a>${run}</${tag}>`, (tag: string) => `<${tag} src="data:text/javascript,${run}">`],
    ...[(tag: string) => `<${tag} type=module>${run}</${tag}>`, (tag: string) => `<<${tag}>${run}//<</${tag}>`],
    ...[(tag: string) => `<${tag}><!--${run}</${tag}>`, (tag: string) => `<${tag}<${tag}>>${run}</${tag}>`],
  ],
  (tag, made) => made(tag),
);

const handlers = each(
  [
    ...["img src=x onerror", "svg onload", "body onload", "input autofocus onfocus", "details open ontoggle"],
    ...["video src=x onerror", "audio src=x onerror", "iframe src=/sample onload", "object data=x onerror"],
    ...["style onload", "textarea autofocus onfocus", "button onclick", "p onpointerover", "form onsubmit"],
    ...["select autofocus onfocus", "b onanimationstart", "link rel=stylesheet href=x onerror", "a onclick"],
  ],
  [`=${run}`, `="${run}"`, `='${run}'`, `&#61;${run}`],
  (element, code) => `<${element}${code}>字`,
);

const addresses = each(
  [
    ...[`javascript:${run}`, `JaVaScRiPt:${run}`, ` javascript:${run}`, `java&Tab;script:${run}`],
    ...[`&#106;avascript:${run}`, `vbscript:${run}`, `data:text/html,<script>parent.${run}</script>`],
  ],
  [
    ...[(url: string) => `<a href="${url}">点这里</a>`, (url: string) => `<form action="${url}"><button>报送</button>`],
    ...[(url: string) => `<iframe src="${url}">`, (url: string) => `<object data="${url}">`],
    ...[(url: string) => `<embed src="${url}">`, (url: string) => `<svg><a xlink:href="${url}"><text y=9>字</text>`],
    ...[(url: string) => `<button formaction="${url}">字`, (url: string) => `<math href="${url}">字`],
    (url: string) => `[点这里](${url})`,
  ],
  (url, made) => made(url),
);

/** Ends what it may stand in: an element, an attribute, a comment, a piece of a script. */
const breakouts = each(
  [
    ...["</textarea>", "</title>", "</script>", "</style>", "</template>", "</noscript>", "</option></select>"],
    ...["-->", "]]>", '">', "'>", "` `>", '"}]}', "');//"],
  ],
  [`<img src=x onerror=${run}>`, `<svg><script>${run}</script></svg>`],
  (end, payload) => end + payload,
);

/** Is something else once a parser has written and read it again. */
const mutations = [
  `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
  `<svg><style><img title="</style><img src=x onerror=${run}>">`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${run}>`,
  `<template><script>${run}</script></template>`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.${run}</script>">`,
  `<iframe srcdoc="&lt;script&gt;parent.${run}&lt;/script&gt;">`,
  `<svg><animate attributeName=href values=javascript:${run}><a id=x>字`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${run}>#x">`,
  `<svg><set attributeName=onmouseover to=${run}>`,
  `<table><td background="javascript:${run}">字`,
  `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  "<base href=//pages.example/>",
  "<style>@import '//pages.example/x.css';</style>",
  `<p style="background:url(//pages.example/x)">字</p>`,
  `<link rel=stylesheet href="//pages.example/x.css">`,
  `<!--<img src="--><img src=x onerror=${run}//">`,
  `<select><template shadowrootmode=open><img src=x onerror=${run}></template></select>`,
];

/** Looks like markup, or like the code of a template, and is neither. */
const lookalikes = [
  ...[`&lt;script&gt;${run}&lt;/script&gt;`, `&#60;script&#62;${run}&#60;/script&#62;`, `&#x3c;img src=x&#x3e;`],
  ...[`&amp;lt;b&amp;gt;`, "&nbsp;&copy;&notit;&para", "&#0;&#xD800;&#x110000;", `&bigger;&&&amp;&`, "&AMP;&LT&GT"],
  ...[`\\u003cscript\\u003e${run}\\u003c/script\\u003e`, `%3Cscript%3E${run}%3C/script%3E`, `\\x3cb\\x3e`],
  ...[`＜script＞${run}＜/script＞`, `‹script›${run}‹/script›`, `<\u200bscript>${run}</\u200bscript>`],
  ...[`{{constructor.constructor('${run}')()}}`, `\u0024{${run}}`, `<%= ${run} %>`, `#{${run}}`, `[[${run}]]`],
  ...["a < b > c & d \" e ' f ` g", "<>", "<", "&", "<!DOCTYPE html>", "<?xml version='1.0'?>", "<![CDATA[<b>]]>"],
];

/** Reads like what the editor of texts itself puts on a clipboard. */
const edited = [
  `<p data-pm-slice="1 1 []"><img src=x onerror=${run}></p>`,
  `<p data-pm-slice='0 0 ["script",null]'>${run}</p>`,
  `<span data-figure="x" onclick="${run}" contenteditable="false">字</span>`,
  `<div contenteditable onfocus=${run} autofocus>字</div>`,
  `<h2 id="__proto__"><a href="javascript:${run}">字</a></h2>`,
  `<strong style="animation:x" onanimationend=${run}>字</strong>`,
  `<ol><li><p><iframe src="javascript:parent.${run}"></p></li></ol>`,
  `{"type":"doc","content":[{"type":"script","text":"${run}"}]}`,
];

/** More than two hundred texts, each of which some way of writing them into a page would run or make something of. */
export const vectors: readonly string[] = [
  ...new Set([...scripts, ...handlers, ...addresses, ...breakouts, ...mutations, ...lookalikes, ...edited]),
].filter((text) => text === text.trim());
