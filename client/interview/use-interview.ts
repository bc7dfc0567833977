// The interview as the page's parts have it, and what one does in it.

import { useMutation } from '@tanstack/react-query'
import { useRef, useSyncExternalStore } from 'react'
import type { Asked, InterviewMessage, InterviewMode } from '../../shared/wire/interview.ts'
import { api } from '../session/api.ts'
import { useOpenProject } from '../session/open-project.ts'
import { interviewPath, liveInterviewOf, type InterviewState, type LiveInterview } from './live-interview.ts'

/** The conversation so far; renders again with each word. */
export function useInterview(): InterviewState & { live: LiveInterview } {
  const { project, provider } = useOpenProject()
  const live = liveInterviewOf(project.id, provider)
  const state = useSyncExternalStore(live.subscribe, () => live.state)
  return { ...state, live }
}

/** The id of a request: the same while the same is tried again, so that it takes effect once. */
function useRequestId() {
  const request = useRef<{ what: string; id: string } | null>(null)
  return {
    of: (what: string) => {
      if (request.current?.what !== what) request.current = { what, id: crypto.randomUUID() }
      return request.current.id
    },
    done: () => {
      request.current = null
    },
  }
}

/** Has the next question asked. */
export function useAsk() {
  const { project } = useOpenProject()
  const { live } = useLive()
  const requestId = useRequestId()
  return useMutation({
    mutationFn: () => api.request<Asked>('POST', interviewPath(project.id, '/questions'), { body: { requestId: requestId.of('') } }),
    onSuccess: ({ state }) => {
      requestId.done()
      if (state === 'queued') live.lookAtQueue()
    },
  })
}

/** Says something: the answer to the open question, or free words. */
export function useSay() {
  const { project } = useOpenProject()
  const requestId = useRequestId()
  return useMutation({
    mutationFn: (text: string) =>
      api.request<Asked>('POST', interviewPath(project.id, '/messages'), { body: { text, requestId: requestId.of(text) } }),
    onSuccess: requestId.done,
  })
}

/** What can be done with one message. */
export type MessageAction = 'stop' | 'skip' | 'retry' | 'continue'

/** Stops, skips, retries or continues a message. */
export function useMessageAction() {
  const { project } = useOpenProject()
  const { live } = useLive()
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: MessageAction }) =>
      api.request<InterviewMessage | Asked>('POST', interviewPath(project.id, `/messages/${id}/${action}`)),
    onSuccess: (answer) => {
      if (answer.state === 'queued') live.lookAtQueue()
    },
    // Somebody was quicker, or it ended meanwhile: shown as it is.
    onError: live.readAnew,
  })
}

/** Switches the mode for everyone. */
export function useSetMode() {
  const { project } = useOpenProject()
  return useMutation({
    mutationFn: (mode: InterviewMode) =>
      api.request<{ mode: InterviewMode }>('PATCH', interviewPath(project.id, '/interview'), { body: { mode } }),
  })
}

function useLive(): { live: LiveInterview } {
  const { project, provider } = useOpenProject()
  return { live: liveInterviewOf(project.id, provider) }
}
