// One rendered block of Markdown in the page, and what a click on a link in it asks for.

import { memo, useLayoutEffect, useRef } from 'react'
import type { MarkdownBlock } from './markdown-blocks.ts'
import './markdown.css'
import { sanitise } from './sanitise.ts'

/** A block that did not change keeps its nodes, and what is selected in it. */
export const RenderedBlock = memo(function RenderedBlock({ from, html, slug }: MarkdownBlock) {
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    host.current?.replaceChildren(sanitise(html))
  }, [html])
  return <div ref={host} data-from={from} data-slug={slug ?? undefined} className="reading-block" />
})

/** Where a click on `target` leads inside the document: an item by its number, a heading by its slug; null for anywhere else. */
export function wayInside(target: EventTarget): { item: number } | { slug: string } | null {
  const link = target instanceof Element ? target.closest('a[href^="#"]') : null
  if (!link) return null
  const number = Number(link.getAttribute('data-item'))
  return number > 0 ? { item: number } : { slug: decodeURIComponent(link.getAttribute('href')?.slice(1) ?? '').toLowerCase() }
}
