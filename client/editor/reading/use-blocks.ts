// The rendered blocks of a shared text, made anew after a pause; the longer rendering takes, the longer the pause.

import { useEffect, useState } from 'react'
import type * as Y from 'yjs'
import { markdownBlocks, type MarkdownBlock } from '../../ui/markdown/markdown-blocks.ts'

const leastPauseMs = 120
/** Rendering takes at most a fifth of the time while people type. */
const pausePerRendering = 4

/** Null until they were made for the first time. */
export function useBlocks(text: Y.Text): readonly MarkdownBlock[] | null {
  const [blocks, setBlocks] = useState<readonly MarkdownBlock[] | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let pauseMs = leastPauseMs
    const render = () => {
      timer = undefined
      const began = performance.now()
      setBlocks(markdownBlocks(text.toString()))
      pauseMs = Math.max(leastPauseMs, (performance.now() - began) * pausePerRendering)
    }
    const onChange = () => {
      timer ??= setTimeout(render, pauseMs)
    }
    render()
    text.observe(onChange)
    return () => {
      clearTimeout(timer)
      text.unobserve(onChange)
    }
  }, [text])
  return blocks
}
