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

const itemRef = /\bSPEC-[1-9]\d{0,8}\b/g

/** Makes a link of each `SPEC-12` that is not in one already, nor in code. */
function linkItems(root: DocumentFragment): void {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  while (texts.nextNode()) {
    const node = texts.currentNode as Text
    if (node.data.includes('SPEC-') && !node.parentElement?.closest('a, code')) found.push(node)
  }
  for (const node of found) {
    const parts: (string | Node)[] = []
    let end = 0
    for (const { 0: ref, index } of node.data.matchAll(itemRef)) {
      const link = document.createElement('a')
      link.href = `#${ref}`
      link.dataset['item'] = ref.slice('SPEC-'.length)
      link.textContent = ref
      parts.push(node.data.slice(end, index), link)
      end = index + ref.length
    }
    node.replaceWith(...parts, node.data.slice(end))
  }
}

/** Nodes for the page. What is not on the list goes; of a link with another scheme only its words stay. */
export function sanitise(html: string): DocumentFragment {
  const nodes = purifier.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: elements,
    ALLOWED_ATTR: ['href', 'title', 'align', 'start'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:|#)/i,
  })
  linkItems(nodes)
  return nodes
}
