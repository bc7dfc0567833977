// The Markdown editor on a shared text: CodeMirror bound to Yjs, with one's own undo and others' carets.

import { indentLess, indentMore, moveLineDown, moveLineUp, standardKeymap } from '@codemirror/commands'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, keymap, placeholder, type KeyBinding } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { afterText, textIsReady } from '../ui/after-text.ts'
import { cspNonce } from '../ui/csp-nonce.ts'
import type { DocumentPlace } from './document-place.ts'
import { editorLook } from './editor-look.ts'
import type { Following } from './following.ts'
import { placeTracker } from './place-tracker.ts'
import { plainInput } from './plain-input.ts'

// Tab is left to the page: whoever works by the keyboard alone must get out of the text.
const lineKeymap: readonly KeyBinding[] = [
  { key: 'Alt-ArrowUp', run: moveLineUp },
  { key: 'Alt-ArrowDown', run: moveLineDown },
  { key: 'Mod-[', run: indentLess },
  { key: 'Mod-]', run: indentMore },
]

interface DocumentEditorProps {
  text: Y.Text
  awareness: Awareness
  /** Outlives the editor, so that what was done elsewhere on the person's behalf can be undone here. */
  undo: Y.UndoManager
  /** Told where one is in the text, and the way to go elsewhere. */
  place: DocumentPlace
  /** Whom the view follows. */
  following: Following
  /** Whether the person may change the text; it can change while the editor is open. */
  isEditable: boolean
  /** Whether the browser marks words it does not know. */
  checksSpelling: boolean
  /** Names the text for screen readers. */
  label: string
}

type Attributes = Pick<DocumentEditorProps, 'isEditable' | 'checksSpelling' | 'label'>

/** Shows and edits `text`; the view is made once for a text and lives until the text changes. */
export function DocumentEditor({ text, awareness, undo, place, following, ...attributes }: DocumentEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const open = useRef<{ view: EditorView; editable: Compartment } | null>(null)
  // The first state is made with what holds now; later changes are told to the view below.
  const { isEditable, checksSpelling, label } = attributes
  const initial = useRef<Attributes>(attributes)

  useEffect(() => {
    if (!host.current) return undefined
    const editable = new Compartment()
    const look = new Compartment()
    const later = new Compartment()
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text.toString(),
        extensions: [
          editable.of(editability(initial.current)),
          editorExtensions(),
          look.of([]),
          yCollab(text, null, { undoManager: undo }),
          placeTracker(place),
          later.of([]),
        ],
      }),
    })
    open.current = { view, editable }
    let unregister = () => {}
    let isOpen = true
    // Text first: it can be read and written while its look is on the way; without one it stays plain.
    import('./markdown-support.ts')
      .then(({ markdownSupport }) => {
        if (isOpen) view.dispatch({ effects: look.reconfigure(markdownSupport) })
      }, reportError)
      .finally(textIsReady)
    afterText(() => import('./later-parts.ts')).then(({ addLaterParts }) => {
      if (isOpen) unregister = addLaterParts(view, { text, awareness, undo, place, following, room: later })
    }, reportError)
    return () => {
      isOpen = false
      open.current = null
      unregister()
      view.destroy()
    }
  }, [text, awareness, undo, place, following])

  useEffect(() => {
    initial.current = { isEditable, checksSpelling, label }
    open.current?.view.dispatch({ effects: open.current.editable.reconfigure(editability(initial.current)) })
  }, [isEditable, checksSpelling, label])

  return <div ref={host} className="h-full min-h-0" />
}

/** Read-only text keeps its caret, so that it can be read, searched and copied by the keyboard. */
function editability({ isEditable, checksSpelling, label }: Attributes): Extension {
  return [
    EditorState.readOnly.of(!isEditable),
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-label': label,
      'aria-readonly': String(!isEditable),
      spellcheck: String(checksSpelling),
      autocapitalize: 'sentences',
    }),
  ]
}

/** What does not depend on the text or the person. */
function editorExtensions(): Extension {
  return [
    EditorView.cspNonce.of(cspNonce),
    plainInput,
    editorLook,
    EditorView.lineWrapping,
    // Room around the caret when the view follows it, so that a name over another's caret is never cut off.
    EditorView.scrollMargins.of(() => ({ top: 40, bottom: 40 })),
    drawSelection(),
    highlightActiveLine(),
    placeholder('Write the first requirement…'),
    keymap.of([...yUndoManagerKeymap, ...lineKeymap, ...standardKeymap]),
  ]
}
