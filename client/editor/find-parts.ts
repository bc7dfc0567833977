// The elements of the find panel: fields, buttons and toggles, made by hand since the editor's panels are no React.

type Attributes<Tag extends keyof HTMLElementTagNameMap> = Partial<HTMLElementTagNameMap[Tag]> & { role?: string }

/** An element with its properties and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes<Tag>,
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  Object.assign(made, attributes)
  made.append(...children)
  return made
}

/** A button with `label` as its name; its sign is drawn, not written, so that nothing but the name is read out. */
export function iconButton(sign: string, label: string, run: () => void): HTMLButtonElement {
  const button = element('button', { className: 'cm-find-icon', type: 'button', title: label, ariaLabel: label })
  button.dataset['sign'] = sign
  button.addEventListener('click', run)
  return button
}

/** A button that is on or off, as `aria-pressed` says; `onChange` is called after it changed. */
export function toggleButton(options: { sign: string; label: string; isOn: boolean; onChange: () => void }): HTMLButtonElement {
  const button = iconButton(options.sign, options.label, () => {
    button.ariaPressed = String(button.ariaPressed !== 'true')
    options.onChange()
  })
  button.ariaPressed = String(options.isOn)
  return button
}
