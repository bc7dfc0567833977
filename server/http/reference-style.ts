// How the reference page looks: one column of text beside a list of the operations, light or dark as the system is.

/** The style sheet; it stands in the page itself. */
export const referenceStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1c1917, #e7e5e4); --quiet: light-dark(#57534e, #a8a29e);
  --paper: light-dark(#ffffff, #1c1917); --line: light-dark(#e7e5e4, #44403c); --sunk: light-dark(#f5f5f4, #292524); --link: light-dark(#1d4ed8, #93c5fd); }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: minmax(15rem, 20rem) minmax(0, 1fr); font: 16px/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1rem; border-right: 1px solid var(--line); font-size: .875rem; }
nav h2 { margin: 1rem 0 .25rem; font-size: .875rem; color: var(--quiet); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .125rem 0; text-decoration: none; overflow-wrap: anywhere; }
main { max-width: 52rem; padding: 1rem 2rem 6rem; min-width: 0; }
section { border-top: 1px solid var(--line); padding: 1rem 0; scroll-margin-top: 1rem; }
h3 { margin: 0; font-size: 1.0625rem; font-weight: 500; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 .25rem; font-size: .875rem; }
p { margin: .5rem 0; }
a { color: var(--link); }
code, pre, .type { font: .875em ui-monospace, monospace; }
pre { margin: .25rem 0; padding: .75rem; overflow-x: auto; background: var(--sunk); border-radius: .375rem; }
.quiet { color: var(--quiet); font-size: .875rem; font-weight: 400; }
.fields { margin: .125rem 0; padding-left: 1.25rem; overflow-wrap: anywhere; }
dl { margin: .25rem 0; display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: .25rem .5rem; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 48rem) { body { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1rem; } }
`
