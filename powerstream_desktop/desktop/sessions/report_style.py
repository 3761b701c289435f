"""The one style of a report's file: light or dark as whoever reads it likes, and light on paper."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root{color-scheme:light dark;--bg:#fff;--text:#14181f;--muted:#566072;--line:#d5dae2;--accent:#0b6fb8;
--live:#1f9d5c;--slow:#c98a00;--bad:#c92a2a;--off:#c3c9d3}
@media (prefers-color-scheme:dark){:root{--bg:#0e1116;--text:#e8ecf2;--muted:#9aa6b6;--line:#2a323e;--accent:#4cb8ff;
--live:#31d07f;--slow:#ffb224;--bad:#ff5d5d;--off:#3a4454}}
@media print{:root{--bg:#fff;--text:#000;--muted:#444;--line:#bbb;--accent:#0b6fb8;--live:#1f9d5c;--slow:#c98a00;--bad:#c92a2a;
--off:#c3c9d3}section,tr,figure{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px;max-width:960px;background:var(--bg);color:var(--text);
font:15px/1.5 Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1{font-size:24px;margin:0 0 4px}h2{font-size:16px;margin:32px 0 8px;border-bottom:1px solid var(--line);padding-bottom:4px}
h3{font-size:15px;margin:20px 0 2px}p{margin:4px 0}.muted{color:var(--muted)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid var(--line)}
th{color:var(--muted);font-weight:500}td.time{white-space:nowrap;width:1%;padding-right:24px}h3 .muted{font-weight:400}figure{margin:8px 0}svg{display:block;width:100%;height:auto}
.live{fill:var(--live)}.slow{fill:var(--slow)}.working{fill:var(--slow);opacity:.6}.bad{fill:var(--bad)}.off{fill:var(--off)}
.line{fill:none;stroke:var(--accent);stroke-width:1.5;vector-effect:non-scaling-stroke}.axis{stroke:var(--line);vector-effect:non-scaling-stroke}
.legend span{margin-right:16px;white-space:nowrap}.legend svg{display:inline-block;width:12px;height:12px;margin-right:6px;vertical-align:-1px}
pre{white-space:pre-wrap;font:inherit;margin:8px 0}
"""
