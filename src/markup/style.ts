/** The one style sheet of all pages: large type, one column, light or dark as the reader's device is. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f3f4f6;--card:#fff;--text:#1f2937;--soft:#4b5563;--line:#6b7280;--hair:#9ca3af;--accent:#1d4ed8;--on-accent:#fff;--note:#eff6ff;--grave:#9f1239;--fault:#fff1f2;--focus:#b45309}
@media (prefers-color-scheme:dark){:root{--ground:#0b1120;--card:#1b2434;--text:#f3f4f6;--soft:#cbd5e1;--line:#94a3b8;--hair:#64748b;--accent:#93c5fd;--on-accent:#0b1120;--note:#1e3a5f;--grave:#fda4af;--fault:#4c1d2a;--focus:#fbbf24}}
*{box-sizing:border-box}
body{margin:0;padding:16px 12px 40px;background:var(--ground);color:var(--text);font:18px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:620px;margin:0 auto;padding:20px 18px 28px;background:var(--card);border-radius:12px}
h1,h2,.button{text-wrap:balance}
h1{margin:0 0 16px;font-size:26px;line-height:1.25}
h2{margin:32px 0 10px;font-size:20px;line-height:1.3}
p,ul,dl,blockquote,.note,.fault{margin:0 0 16px}
form{margin-top:24px}
ul{padding-left:22px}
.sender,.soft{color:var(--soft);font-size:16px}
.soft{margin:0 0 8px}
.last{margin:28px 0 0}
.badge{display:block;width:110px;height:auto;margin:0 0 16px}
.large.badge{width:190px;margin:8px auto 20px}
.note{padding:12px 14px;background:var(--note);border-left:4px solid var(--accent);border-radius:4px}
.fault{padding:12px 14px;background:var(--fault);border-left:4px solid var(--grave);border-radius:4px}
.fault ul,.fault p:last-child,.note p:last-child{margin-bottom:0}
blockquote{padding:12px 14px;background:var(--ground);border-radius:8px;white-space:pre-line}
dt{color:var(--soft);font-size:16px}
dd{margin:0 0 12px;white-space:pre-line}
label{font-weight:600}
textarea{display:block;width:100%;margin:6px 0 16px;padding:12px;border:2px solid var(--line);border-radius:8px;color:inherit;background:var(--card);font:inherit;resize:vertical}
fieldset{margin:0 0 16px;padding:14px;border:1px solid var(--hair);border-radius:8px}
fieldset textarea{margin-bottom:0}
fieldset .small{font-weight:400;font-size:16px;color:var(--soft)}
.tick{display:flex;gap:12px;align-items:flex-start;min-height:44px;padding:6px 0;cursor:pointer}
.tick input{flex:none;width:26px;height:26px;margin:1px 0 0}
button,.button{display:block;width:100%;min-height:56px;margin:0 0 14px;padding:14px 10px;border:2px solid var(--accent);border-radius:10px;background:var(--card);color:var(--accent);font:inherit;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
.chosen{background:var(--accent);color:var(--on-accent)}
button.grave{border-color:var(--grave);color:var(--grave)}
button.none{position:absolute;min-height:0;width:1px;height:1px;margin:0;padding:0;border:0;overflow:hidden;clip-path:inset(50%)}
.note+button{margin-top:18px}
a{color:var(--accent)}
.files{padding:0;list-style:none}
.soft+.files{margin-top:18px}
.files a{display:block;min-height:48px;padding:11px 14px;margin:0 0 8px;border:1px solid var(--hair);border-radius:8px}
summary{min-height:48px;padding:10px 0;color:var(--accent);cursor:pointer}
summary.button{padding:14px 10px;list-style:none}
summary.button::-webkit-details-marker{display:none}
details{margin:0 0 8px}
.qr{display:none}
.qr img{display:block;width:200px;height:200px;border-radius:8px}
@media (min-width:640px){.qr{display:block}}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
`
