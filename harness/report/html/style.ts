/** The page's own look. Colours are variables with one value for a light screen and one for a dark one; on paper it is always light. */

const LIGHT = `
--back: #ffffff; --panel: #f6f8fa; --text: #1f2328; --quiet: #57606a; --line: #d0d7de; --code: #eef1f4; --link: #0a58ca;
--pass: #1a6b34; --pass-back: #e9f7ee; --unknown: #7a5200; --unknown-back: #fff6dd; --fail: #b3261e; --fail-back: #fdeceb;
--c1: #0b5cad; --c2: #a84a00; --c3: #00756a; --c4: #7b3fb5; --c5: #6e7781; --c6: #b3261e;
--h1: #d6e6f7; --h2: #a9cbee; --h3: #74abe2; --h4: #3f86cf; --h5: #1b60a8; --h6: #0a3b70;`;

const DARK = `
--back: #0d1117; --panel: #161b22; --text: #e6edf3; --quiet: #a3adb8; --line: #3a424c; --code: #1f262e; --link: #79b8ff;
--pass: #56d364; --pass-back: #12261a; --unknown: #e3b341; --unknown-back: #2a2210; --fail: #ff8f87; --fail-back: #331a1b;
--c1: #6cb6ff; --c2: #f0a35e; --c3: #4fd1c0; --c4: #c49bf5; --c5: #98a2ad; --c6: #ff8f87;
--h1: #17304d; --h2: #1c4a7c; --h3: #2567ab; --h4: #3f8bdb; --h5: #79b8ff; --h6: #c6e2ff;`;

const PAGE = `
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
footer { max-width: 70rem; margin: 0 auto; padding: 0 1rem 2rem; color: var(--quiet); font-size: .875rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .35rem 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 1rem; padding-top: .5rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; line-height: 1.35; margin: .25rem 0; }
h4 { font-size: .9rem; margin: .9rem 0 .2rem; color: var(--quiet); }
p { margin: .4rem 0; } p, li, dd, h1, h3, td, th, summary { overflow-wrap: anywhere; }
code, pre, .evidence { font: .875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
code { background: var(--code); border-radius: .25rem; padding: .05rem .3rem; }
pre { background: var(--code); border-radius: .4rem; padding: .7rem .9rem; margin: .6rem 0; overflow-x: auto; max-width: 100%; }
pre code { background: none; padding: 0; user-select: all; }
.quiet { color: var(--quiet); font-size: .875rem; }
.icon { width: 1em; height: 1em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; vertical-align: -.125em; }
.pass { --tone: var(--pass); --tone-back: var(--pass-back); } .unknown { --tone: var(--unknown); --tone-back: var(--unknown-back); }
.fail { --tone: var(--fail); --tone-back: var(--fail-back); }
.badge { display: inline-block; color: var(--tone); background: var(--tone-back); border: 1px solid; border-radius: 1rem; padding: 0 .6rem; font-weight: 600; font-size: .875rem; white-space: nowrap; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .25rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--back); color: var(--link); padding: .5rem; z-index: 1; }`;

const VERDICT = `
.verdict { background: var(--tone-back); border: 1px solid var(--tone); border-left-width: .6rem; border-radius: .6rem; padding: 1rem 1.25rem; }
.verdict p { color: var(--text); font-size: .9375rem; } .verdict .kind { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin: 0; }
.verdict .kind b { color: var(--tone); font-size: 1.25rem; text-transform: uppercase; letter-spacing: .04em; } .verdict .kind .icon { color: var(--tone); width: 1.6rem; height: 1.6rem; }
.verdict code { background: none; padding: 0; }
.tiles { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; padding: 0; margin: .9rem 0 0; font-size: .9375rem; }
.tiles b { font-size: 1.25rem; font-variant-numeric: tabular-nums; } .tiles .none b { font-weight: 400; }`;

const PIPELINES = `
.pipeline { border: 1px solid var(--line); border-radius: .6rem; background: var(--panel); padding: .8rem 1rem; margin: 0 0 1rem; }
.pipeline.fail, .pipeline.unknown { border-color: var(--tone); } .pipeline > header { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: center; } .pipeline h3 { margin: 0; }
.hops { list-style: none; margin: .9rem 0 .6rem; padding: 0; display: flex; flex-wrap: wrap; row-gap: 1rem; } .hops > li { display: flex; align-items: flex-start; }
.hop { min-width: 7rem; max-width: 12rem; border: 2px solid var(--tone); border-radius: .5rem; background: var(--back); padding: .35rem .6rem; display: flex; flex-direction: column; gap: .05rem; font-size: .875rem; }
.hop.unknown { border-style: dashed; } .hop.fail { background: var(--tone-back); border-width: 3px; } .hop.pass { border-width: 1px; padding: calc(.35rem + 1px) calc(.6rem + 1px); }
.hop .name { font-weight: 600; } .hop .name .icon { color: var(--quiet); margin-right: .1rem; } .hop .seen b { font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.hop .state { color: var(--tone); font-weight: 600; } .metric { display: block; margin-top: .3rem; border-top: 1px solid var(--line); padding-top: .25rem; font-size: .8125rem; color: var(--quiet); } .metric .icon:last-of-type { color: var(--tone); }
.start { align-self: flex-start; margin-top: 1.85rem; color: var(--quiet); font-size: .875rem; white-space: nowrap; }
.wire { flex: none; position: relative; width: 1.9rem; height: 0; margin-top: 2.6rem; border-top: 2px solid var(--quiet); }
.wire::after { content: ""; position: absolute; right: 1px; top: -.35rem; width: .55rem; height: .55rem; border: solid var(--quiet); border-width: 2px 2px 0 0; transform: rotate(45deg); }
.wire.unsure { border-top-style: dotted; } .wire.cut { width: auto; height: auto; border: 0; margin-top: 1.1rem; padding: 0 .35rem; color: var(--fail); } .wire.cut::after { display: none; }
.cut-label { display: flex; flex-direction: column; align-items: center; text-align: center; font-size: .8125rem; line-height: 1.25; max-width: 7.5rem; border-left: 2px dashed; border-right: 2px dashed; padding: .35rem .5rem; }
.cut-label b { font-size: 1rem; }`;

const FINDINGS = `
.finding { border: 1px solid var(--line); border-left: .4rem solid var(--tone); border-radius: .5rem; padding: .8rem 1rem; margin: 0 0 1rem; } .finding > header { display: flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: center; }
dl { margin: .5rem 0; display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: .3rem .75rem; } dt { font-weight: 600; } dd { margin: 0; }
.evidence { padding-left: 1.1rem; margin: .2rem 0; color: var(--quiet); font-size: .8125rem; } .follows { border-left: 2px solid var(--line); padding-left: .9rem; margin-top: .8rem; } .follows > ul { padding-left: 1.1rem; margin: .2rem 0; } .follows h4 { margin-top: 0; }
details { margin: .5rem 0; } summary { cursor: pointer; padding: .2rem 0; } .proven { border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .9rem; } .proven summary .icon { color: var(--quiet); } .proven ul { padding-left: 1.2rem; } .proven li { margin: .35rem 0; }`;

const TABLES = `
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; } caption { text-align: left; color: var(--quiet); font-size: .875rem; padding-bottom: .3rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; } .scroll td, .scroll th { overflow-wrap: normal; } thead th { color: var(--quiet); font-weight: 600; white-space: nowrap; } th[scope=row] { font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } tfoot td, tfoot th { font-weight: 700; border-bottom: 0; } .why { min-width: 14rem; }
.strip { min-width: 9rem; width: 30%; vertical-align: middle; } .strip svg { display: block; width: 100%; height: .8rem; } .strip path { fill: none; vector-effect: non-scaling-stroke; } .strip .axis { stroke: var(--line); } .strip .range { stroke: var(--c1); stroke-width: 6; } .strip .tick { stroke: var(--text); stroke-width: 2; }
figure { margin: 1rem 0 1.5rem; } figcaption h3 { margin: 0; } figure > .note { margin: .1rem 0 .4rem; } .chart svg { display: block; width: 100%; height: auto; font-family: inherit; } .chart .narrow { display: none; } .chart text { font-size: 12px; dominant-baseline: central; }
.legend { margin: .5rem 0 .1rem; font-size: .875rem; } .key { display: inline-block; margin: 0 .9rem 0 0; color: var(--quiet); } .key svg { display: inline-block; width: 26px; height: 8px; vertical-align: middle; } .legend b { margin-right: .6rem; }
p.pass, p.unknown, p.fail { color: var(--tone); } .capacity { font-size: 1.15rem; } .capacity b { font-size: 1.4rem; }
.bar { display: block; height: .6rem; min-width: 2px; background: var(--c1); } .bar.before { background: var(--c5); }`;

const SMALL = `
@media (max-width: 640px) {
h1 { font-size: 1.3rem; } main { padding: .75rem .75rem 2rem; } .verdict { padding: .75rem .9rem; border-left-width: .4rem; } dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: .4rem; }
.hops { display: block; } .hops > li { display: block; } .hop { max-width: none; display: grid; grid-template-columns: 1fr auto; align-items: baseline; column-gap: .6rem; } .metric, .hop .state { grid-column: 1 / -1; } th, td { padding: .3rem .45rem; } .start { display: block; margin: 0; }
.wire { display: block; width: 0; height: 1.4rem; margin: 0 0 0 1.5rem; border-top: 0; border-left: 2px solid var(--quiet); } .wire.unsure { border-left-style: dotted; }
.wire::after { right: auto; left: -.33rem; top: auto; bottom: 1px; transform: rotate(135deg); } .wire.cut { margin: 0 0 0 1rem; padding: .3rem 0; width: auto; height: auto; }
.cut-label { max-width: none; align-items: flex-start; text-align: left; border: solid transparent; border-width: 0; border-top: 2px dashed var(--fail); border-bottom: 2px dashed var(--fail); padding: .3rem .2rem; }
.chart .wide { display: none; } .chart .narrow { display: block; } }`;

const PAPER = `
@media print { @page { margin: 14mm; } body { font-size: 11pt; } main { max-width: none; padding: 0; } .skip { display: none; }
.verdict, .hop, .badge, .bar, pre, .chart { print-color-adjust: exact; } .pipeline, .finding, figure, tr { break-inside: avoid; } h2, h3, figcaption { break-after: avoid; } pre { white-space: pre-wrap; } .scroll { overflow: visible; } table { font-size: 8.5pt; } th, td { padding: .2rem .35rem; } .n, thead th { white-space: normal; } .why, .strip { min-width: 0; } .strip { width: 22%; } a { color: inherit; } }`;

export const STYLE = `:root { color-scheme: light dark;${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root {${DARK} } }
${PAGE}${VERDICT}${PIPELINES}${FINDINGS}${TABLES}${SMALL}${PAPER}
`;
