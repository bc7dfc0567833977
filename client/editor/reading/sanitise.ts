// The one way from rendered Markdown into the page: a list of elements and attributes, links to https, mail and this document.

import createPurifier from 'dompurify'

const purifier = createPurifier(window)

const elements = 'a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre span strong table tbody td th thead tr ul'.split(' ')

purifier.addHook('afterSanitizeAttributes', (element) => {
  if (element.tagName !== 'A') return
  const href = element.getAttribute('href')
  // Elsewhere in a tab of its own, which learns nothing of this page and cannot steer it.
  if (href !== null && !href.startsWith('#')) {
    element.setAttribute('target', '_blank')
    element.setAttribute('rel', 'noopener noreferrer')
  }
})

/** Nodes for the page. What is not on the list goes; of a link with another scheme only its words stay. */
export function sanitise(html: string): DocumentFragment {
  return purifier.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: elements,
    ALLOWED_ATTR: ['href', 'title', 'align', 'start'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:|#)/i,
  })
}
