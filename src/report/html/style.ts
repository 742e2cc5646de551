/**
 * The one style sheet of the report. Fonts are the reader's own; no address is loaded. What must stay apart in black and white
 * and on paper (seen, likely, ruled out, cannot tell) is drawn in SVG and said in words, never by background alone.
 */
export const style = `
:root{--ink:#1a1d21;--soft:#4f5964;--faint:#66707b;--line:#dcdfe3;--rule:#b9bfc6;--paper:#fdfcf9;--card:#fff;--mark:#ffe9a3;--bad:#a8201a;--badwash:#fbeeec;--warn:#8a5a00;--warnwash:#fdf6e3;--ok:#17693f;--us:#1f4f96;--bar:#5b82bd;--hole:#a35a52;--holewash:#f6e7e4;--wave:#efe6d2;--them2:#a85f00;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#b3bcc6;--faint:#98a3ae;--line:#2c333b;--rule:#46505b;--paper:#13171b;--card:#191e24;--mark:#5c4a0c;--bad:#ff9a8f;--badwash:#2b1a1b;--warn:#efc15d;--warnwash:#262115;--ok:#77d6a3;--us:#94bcff;--bar:#5f8bd0;--hole:#c98d86;--holewash:#2b1f20;--wave:#2a2720;--them2:#f3b866}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 "Segoe UI Variable Text","Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums;overflow-wrap:anywhere}
.page{max-width:968px;margin:0 auto;padding:32px 28px 72px}
a{color:var(--us);text-underline-offset:.18em;text-decoration-thickness:1px}
:focus-visible{outline:3px solid var(--us);outline-offset:2px}
.skip{position:absolute;left:-999em}.skip:focus{left:16px;top:12px;background:var(--card);padding:8px 14px;z-index:1}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 28px;color:var(--soft);font-size:14px;border-bottom:1px solid var(--line);padding-bottom:12px}
.top p{margin:0}.top b{color:var(--ink)}
h1,h2,h3,h4{line-height:1.2;text-wrap:balance}
h1{font-size:clamp(32px,6vw,50px);line-height:1.06;letter-spacing:-.022em;font-weight:700;margin:44px 0 16px;max-width:17em}
h1 em{font-style:normal;color:var(--bad)}
h1.w em{color:var(--warn)}h1.o em{color:inherit}
.lead{font-size:20px;line-height:1.52;max-width:42em;margin:0 0 28px;text-wrap:pretty}
.lead small{color:var(--soft);font-size:.8em}
.said{color:inherit;text-decoration:underline dotted var(--rule) 1px;text-underline-offset:.22em}.said:hover{color:var(--us);text-decoration-color:currentColor}h1 .said{text-decoration:none}
.by{font-size:12px;font-weight:400;letter-spacing:0;line-height:1;color:var(--soft)}.by a{margin-left:.2em;white-space:nowrap;color:var(--soft);text-decoration:underline dotted 1px}.by a:hover{color:var(--us)}.facts .by,.lead .by{vertical-align:.12em}.rests{margin:-6px 0 14px;color:var(--soft);font-size:14px}.rests .by{font-size:inherit}.ladder .by{display:inline;font-size:11.5px}.rules li:target,tr:target,.person:target,.finding:target,.lack li:target{outline:3px solid var(--warn);outline-offset:4px}
.first{border:1px solid var(--line);border-left:5px solid var(--warn);background:var(--warnwash);padding:14px 20px 15px;margin:0 0 34px;font-size:16px}
.first h2{font-size:16px;margin:0 0 6px}
.first ul{margin:0;padding:0;list-style:none;display:grid;grid-template-columns:1fr 1fr;gap:6px 28px}
.first li{padding-left:20px;position:relative}.first li::before{content:"";position:absolute;left:1px;top:.55em;border:4px solid var(--warn)}
h2{font-size:25px;letter-spacing:-.012em;font-weight:680;margin:60px 0 6px}
.intro{color:var(--soft);margin:0 0 18px;max-width:46em}
h3{font-size:19px;margin:34px 0 8px;font-weight:650}
h4{font-size:18px;margin:0;font-weight:650;line-height:1.3}
.ladder{display:grid;grid-template-columns:repeat(7,1fr);margin:8px 0 8px;padding:0;list-style:none;font-size:15px}
.ladder li{position:relative;padding:28px 10px 0 0}
.ladder li::before{content:"";position:absolute;top:9px;left:0;right:0;border-top:3px solid var(--rule)}
.ladder .seen.on::before{border-color:var(--bad)}.ladder .off::before{border-top-style:dotted}
.ladder li:last-child::before{display:none}
.ladder svg{position:absolute;top:0;left:0;display:block}
.ladder b{display:block;font-weight:620;line-height:1.25}.ladder .ruled_out b,.ladder .cannot_tell b{font-weight:500}
.ladder span{display:block;font-size:13px;line-height:1.38;color:var(--soft);margin-top:1px}
.ladder .st{font-weight:620}.ladder .seen .st,.ladder .likely .st{color:var(--bad)}.ladder .ruled_out .st{color:var(--ok)}.ladder .cannot_tell .st{color:var(--them2)}
.m-ring{fill:var(--paper);stroke:var(--rule)}.m-seen{fill:var(--bad);stroke:var(--bad)}.m-likely{fill:var(--paper);stroke:var(--bad)}.m-half{fill:var(--bad)}.m-out{fill:var(--paper);stroke:var(--ok)}.m-outbar{stroke:var(--ok)}.m-blind{stroke:var(--them2)}.m-paper{fill:var(--paper)}.m-hatch{stroke:var(--them2)}
.facts{display:grid;grid-template-columns:repeat(4,1fr);margin:34px 0 0;border-top:1px solid var(--line);border-left:1px solid var(--line)}
.facts div{border-right:1px solid var(--line);border-bottom:1px solid var(--line);padding:15px 18px 17px;background:var(--card)}
.facts dt{font-size:14px;color:var(--soft)}.facts dd{margin:3px 0 0;font-size:19px;font-weight:640;line-height:1.28;text-wrap:balance}
.facts dd+dd{margin-top:7px;font-size:14px;font-weight:400;color:var(--soft);line-height:1.45;text-wrap:pretty}
.toc{margin:26px 0 0;line-height:1.9;font-size:15px;color:var(--soft)}.toc ul{display:inline;margin:0;padding:0;list-style:none}.toc li{display:inline}.toc li+li::before{content:" · "}.toc a{padding:4px 0}
.plan{list-style:none;counter-reset:s;padding:0;margin:0;border-top:1px solid var(--line)}
.plan>li{counter-increment:s;display:grid;grid-template-columns:46px 1fr 92px;padding:17px 0;border-bottom:1px solid var(--line)}
.plan>li::before{content:counter(s);font-size:28px;line-height:1.05;color:var(--us);font-weight:660}
.plan h3{margin:0;font-size:18px}.plan p{margin:4px 0 0;color:var(--soft);font-size:16px;max-width:43em}
.wholeplan{counter-reset:s}.wholeplan .plan{counter-reset:none}.wholeplan .plan dl{grid-template-columns:7.2em 1fr}.wholeplan .does{margin:8px 0 2px}.wholeplan pre{margin:0;padding:7px 10px;border-left:3px solid var(--line);font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}.wholeplan details{margin-top:8px;font-size:15px}.wholeplan .stages{margin:6px 0;padding-left:1.4em}.wholeplan .stages li{margin:3px 0}
.plan .min{text-align:right;color:var(--soft);font-size:15px;white-space:nowrap}.plan dl{display:grid;grid-template-columns:5.6em 1fr;gap:2px 12px;margin:7px 0 0;font-size:15px;max-width:45em}.plan dt{color:var(--soft)}.plan dd{margin:0;color:var(--soft)}
.why{font-size:14px;color:var(--faint)}
.lack{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
.lack>li{display:grid;grid-template-columns:190px 1fr;gap:2px 24px;padding:15px 0;border-bottom:1px solid var(--line)}
.lack h3{margin:0;font-size:17px}.lack h3 small{display:block;font-weight:400;color:var(--soft);font-size:14px}.lack p{margin:0 0 4px}.lack .to{color:var(--soft);font-size:15px}.lack .to b{color:var(--ink);font-weight:600}
figure{margin:14px 0 0}
.pic{display:block;width:100%;height:auto}.pic.narrow{display:none}.pic.key{width:26px;height:13px}
.pic text{font-size:12.5px;font-family:inherit;fill:var(--soft)}.pic .s{fill:var(--ink);font-weight:620}.pic .g{stroke:var(--line)}.pic .hx{stroke:var(--rule)}
.pic .bar{fill:var(--bar)}.pic .hole{stroke:var(--hole);stroke-width:.75}.hp{stroke:var(--hole);stroke-width:1.1}.hw{fill:var(--holewash)}.pic .wave{fill:var(--wave)}.pic .wl{stroke:var(--rule);stroke-dasharray:1.5 3}.pic .open{fill:var(--holewash);stroke:var(--hole);stroke-width:.75}.pic .fix{stroke:var(--us);stroke-width:1.5}.pic .patch{stroke:var(--us);stroke-width:1.2;stroke-dasharray:4 3}.pic .fixt{fill:var(--us)}.pic .them{fill:var(--bad)}.pic .themline{stroke:var(--bad);stroke-width:2}.pic .vis{fill:var(--paper);stroke:var(--them2);stroke-width:2}.pic .sheet{fill:var(--paper)}.pic .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}.pic .nr{fill:none;stroke:var(--bar);stroke-dasharray:3 3}
figure h3{margin:26px 0 6px;font-size:16px}figcaption{color:var(--soft);font-size:14px;margin-top:10px;display:flex;flex-wrap:wrap;gap:4px 20px}figcaption span{display:inline-flex;align-items:center;gap:7px}figcaption svg{flex:none}
table{border-collapse:collapse;width:100%;font-size:15px;line-height:1.45}th,td{text-align:left;vertical-align:top;padding:8px 16px 8px 0;border-bottom:1px solid var(--line)}th:last-child,td:last-child{padding-right:0}thead th{font-weight:500;color:var(--soft);font-size:14px}tbody th{font-weight:620}.num{text-align:right;white-space:nowrap}td .utc,.utc{color:var(--soft);font-size:.88em;white-space:nowrap}.nw{white-space:nowrap}.at{color:var(--soft);font-size:.9em}
.back tbody th{width:34%}.back tbody td:last-child{width:52%}.state-open{color:var(--bad);font-weight:620}.state-unknown{color:var(--them2);font-weight:620}.state-closed{color:var(--ok);font-weight:620}
h3+.intro{font-size:15.5px;margin-bottom:10px}.compact{font-size:14.5px}.compact th{width:20%}.compact td{width:36%;color:var(--soft)}.compact td:last-child{width:44%}
.vague{list-style:none;margin:0;padding:0;columns:2;column-gap:36px;font-size:15px}.vague li{break-inside:avoid;padding:6px 0;border-bottom:1px solid var(--line);color:var(--soft)}.vague b{color:var(--ink);font-weight:620;display:block}
.story .day th{padding-top:16px;border-bottom-color:var(--rule)}.story tr:first-child.day th{padding-top:8px}
code,.path,.loc,pre{font-family:ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",Menlo,monospace;direction:ltr;unicode-bidi:isolate-override}
code,.path{font-size:.88em}
.group{color:var(--soft);font-size:16px;font-weight:600;margin:40px 0 0;padding-bottom:8px;border-bottom:3px solid var(--ink);color:var(--ink)}
.finding{border-bottom:1px solid var(--line);padding:20px 0 22px}
.meta{color:var(--soft);font-size:15px;margin:4px 0 11px}.meta b{color:var(--ink);font-weight:620}.meta .own{color:var(--us);font-weight:620}
pre.raw,pre.b64{margin:0;padding:12px 15px;background:var(--card);border:1px solid var(--line);font-size:13.5px;line-height:1.6;white-space:pre-wrap;overflow-wrap:anywhere}
pre.raw mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--warn);padding:1px 0}pre.raw em{color:var(--faint)}
pre i{font-style:normal}
.loc{color:var(--faint);font-size:12.5px;line-height:1.6;margin:5px 0 0}
.line+.line,.line+details,details>.line{margin-top:12px}.bytes{margin-top:0}.bytes>summary{font-size:12.5px}.kind{border-bottom:1px solid var(--line);padding:20px 0 22px}.kind .finding{border:0;border-left:3px solid var(--line);padding:2px 0 2px 16px;margin:16px 0 0}.kind .meta{margin:3px 0 8px}.kind>.also{margin-top:8px}
.tri{display:grid;grid-template-columns:1fr 1fr 1fr;gap:12px 26px;font-size:15.5px;line-height:1.5;margin:15px 0 0}.tri dt{font-size:14px;color:var(--soft)}.tri dd{margin:1px 0 0}
.also{margin:12px 0 0;font-size:14px;color:var(--soft)}
.strip{display:block;width:100%;min-width:150px;height:14px}.strip .all{fill:url(#hole)}.strip .seen{fill:var(--bar)}.strip .under{fill:var(--paper)}.blind th[scope=row]{min-width:11em}.strip .partly{fill:var(--bar);fill-opacity:.35}.strip .edge{fill:none;stroke:var(--rule)}details{margin-top:9px}summary{cursor:pointer;color:var(--us);font-size:14px;width:fit-content;padding:2px 0}details.fold>summary{font-size:16px;padding:12px 0}pre.b64{font-size:11.5px;color:var(--soft);max-height:22em;overflow:auto}
.people{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,420px),1fr));gap:18px}
.person{border:1px solid var(--line);border-top:4px solid var(--bad);background:var(--card);padding:14px 18px 16px;font-size:15.5px}.person.visitor{border-top:4px double var(--them2)}
.person h3{margin:0}.person p{margin:3px 0 0}.person .soft{color:var(--soft);font-size:15px}.person dl{margin:10px 0 0;display:grid;grid-template-columns:auto 1fr;gap:4px 14px}.person dt{color:var(--soft);font-size:14px;line-height:1.65}.person dd{margin:0}.person dd+dd{grid-column:2}.person .why{margin-top:10px}.person .picked{margin-top:12px}.person{align-self:start}.person ul{margin:2px 0 0;padding-left:18px}
.reasons{margin:0;padding-left:20px}.reasons li{margin:0 0 6px;padding-left:4px}
.plain{list-style:none;margin:0;padding:0}.plain li{padding:9px 0;border-bottom:1px solid var(--line);font-size:15.5px}.plain p{margin:2px 0 0;color:var(--soft);font-size:15px}
.whose{font-weight:620;font-size:15px}.plan p.whose{color:var(--us);font-size:15px;margin:1px 0 2px}
.ex-vulnerable{color:var(--bad)}.ex-fixed{color:var(--ok)}.ex-unknown{color:var(--them2)}
.chain{margin:4px 0 0;padding:0;list-style:none;counter-reset:c}.chain li{counter-increment:c;position:relative;padding:0 0 11px 30px}.chain li::before{content:counter(c);position:absolute;left:0;top:2px;width:19px;height:19px;border-radius:50%;border:1.5px solid var(--bad);font-size:12px;line-height:17px;text-align:center;color:var(--bad);font-weight:650;background:var(--card)}.chain li::after{content:"";position:absolute;left:10px;top:22px;bottom:-2px;border-left:1.5px solid var(--rule)}.chain li:last-child::after{display:none}.chain li.confirmed::before{background:var(--bad);color:var(--card)}.visitor .chain li::before{border-color:var(--them2);color:var(--them2)}.visitor .chain li.confirmed::before{background:var(--card);color:var(--them2)}.person .chain p{margin:0}.person .chain .soft{font-size:14px}.person h4{font-size:16px;margin:15px 0 6px}
button,select,input{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--rule);border-radius:3px;padding:6px 12px;min-height:36px}button{cursor:pointer}button:hover{border-color:var(--us);color:var(--us)}button:disabled{color:var(--faint);border-color:var(--line);cursor:default}select{padding:5px 8px}input[type=checkbox]{min-height:0;width:17px;height:17px;margin:0;accent-color:var(--us)}input[type=search]{width:min(100%,17em)}
.tools{margin:14px 0 0;font-size:15px}.tools>p{margin:0;display:flex;flex-wrap:wrap;gap:8px}.tools label{display:inline-flex;align-items:center;gap:8px;white-space:nowrap}.tools[role=search]>p{gap:10px 22px}.tools fieldset{border:0;margin:10px 0 0;padding:0;display:flex;flex-wrap:wrap;gap:6px 18px;align-items:center}.tools legend{float:left;color:var(--soft);margin:0 18px 0 0;padding:0}.tools legend+label{clear:none}
.now{color:var(--soft);font-size:15px;margin:12px 0 0}.tools .now{margin-top:10px}
.stage{touch-action:pan-y;cursor:grab;margin-top:6px}.stage:active{cursor:grabbing}.stage:focus-visible{outline-offset:6px}.pic .cur{stroke:var(--ink);stroke-width:1.5}.stage svg{user-select:none}
.pick{display:grid;grid-template-columns:auto auto 1fr;gap:8px 8px;align-items:start;margin:14px 0 0;font-size:15px}.pick>div{padding-left:12px;min-height:50px}.pick p{margin:0;color:var(--soft)}.pick b{color:var(--ink)}
.turn{display:flex;gap:10px;margin:22px 0 0}
.words{display:grid;grid-template-columns:200px 1fr;gap:5px 24px;font-size:15px;margin:12px 0 0}.words dt{font-weight:600;overflow-wrap:normal}.words dd{margin:0;color:var(--soft)}
footer{margin-top:60px;border-top:1px solid var(--line);padding-top:14px;color:var(--soft);font-size:14px}footer p{margin:0 0 6px}
.defs{position:absolute;width:0;height:0}
@media screen and (max-width:860px){.facts{grid-template-columns:1fr 1fr}.tri{grid-template-columns:1fr}}
@media screen and (max-width:700px){
.pick{grid-template-columns:1fr 1fr}.pick>div{grid-column:1/-1;padding:0}.tools label{flex-wrap:wrap}.tools legend{float:none}
.vague{columns:1}.compact th,.compact td,.back tbody th,.back tbody td:last-child,.compact td:last-child{width:auto}.story .day th{padding-top:10px}.kind .finding{padding-left:12px}
body{font-size:16px}.page{padding:20px 18px 56px}h1{margin-top:28px}.lead{font-size:18px}.first ul{grid-template-columns:1fr}
.ladder{grid-template-columns:1fr}.ladder li{padding:0 0 15px 34px}.ladder li::before{top:10px;bottom:-10px;left:9px;right:auto;border-top:0;border-left:3px solid var(--rule)}.ladder .off::before{border-left-style:dotted}
.plan>li{grid-template-columns:38px 1fr}.plan .min{grid-column:2;text-align:left;margin:4px 0 0}
.lack>li,.words{grid-template-columns:1fr}.words dd{margin-bottom:7px}
.pic.wide{display:none}.pic.narrow{display:block}.nw,.utc,td .utc{white-space:normal}
.stack thead{display:none}.stack tr{display:block;border-bottom:1px solid var(--line);padding:9px 0}.stack td,.stack th{display:block;border:0;padding:1px 0;text-align:left}.stack td:empty{display:none}.stack td[data-l]::before{content:attr(data-l) " ";color:var(--soft);font-size:14px}
}
@media screen and (max-width:430px){.facts{grid-template-columns:1fr}}
@media print{
.by,.rests{display:none}.said{text-decoration:none}
:root{--ink:#000;--soft:#333;--faint:#444;--line:#bbb;--rule:#888;--paper:#fff;--card:#fff;--mark:#ffe9a3;--bad:#a8201a;--badwash:#fff;--warn:#8a5a00;--warnwash:#fff;--ok:#17693f;--us:#1f4f96;--bar:#5b82bd;--hole:#a35a52;--holewash:#fff;--wave:#efe6d2;--them2:#a85f00;color-scheme:light}
@page{margin:16mm 15mm}
body{font-size:10.5pt;background:#fff}table,.lack p,.plan p,.plan dl,.reasons,.meta,.tri,.person,.plain li{font-size:9.5pt}.facts dt,.utc,.at,.why,.also{font-size:8.5pt}td,th{padding:5pt 10pt 5pt 0}.plan>li{padding:9pt 0}.page{max-width:none;padding:0}h1{font-size:26pt;margin:14pt 0 8pt}.lead{font-size:12pt;line-height:1.42;margin-bottom:12pt}.first{font-size:9.5pt;padding:7pt 12pt 8pt;margin-bottom:16pt;line-height:1.4}.first h2{font-size:10pt}.facts{margin-top:14pt}h2{font-size:16pt;margin-top:26pt}.loc{font-size:7.5pt}.now{font-size:9.5pt}.tri dt{font-size:8.5pt}.group{font-size:12pt;margin-top:16pt}.finding,.kind{padding:9pt 0 10pt}h4{font-size:11.5pt}.skip,.toc,summary,.bytes,.tools p,.tools fieldset,.pick,.turn{display:none}.tools .now{display:block}.person .soft,.person dt,.person .chain .soft{font-size:9pt}.plan .min,.plan dl,.plan p.whose{font-size:9.5pt}details:not(.more)::details-content{content-visibility:visible;display:block;height:auto}details.more>summary{display:block;list-style:none;color:var(--soft);font-size:8.5pt;padding:2pt 0}.person .chain li{break-inside:avoid}
.ladder{grid-template-columns:repeat(7,1fr);font-size:9.5pt}.ladder span{font-size:8.5pt}.facts{grid-template-columns:repeat(4,1fr)}.facts dd{font-size:11pt}.facts dd+dd{font-size:8.5pt}.facts div{padding:6pt 8pt 7pt}
.pic.wide{display:block}.pic.narrow{display:none}
.tri{grid-template-columns:1fr 1fr 1fr}pre.raw{font-size:8pt}
.pagetwo{break-before:page}.pagetwo h2{margin-top:0}h2,h3,h4,.group{break-after:avoid}.plan>li,.lack>li,.first,.facts,figure,.person,tr,.tri,.line{break-inside:avoid}
mark,.pic,.ladder svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;
