// The interview around the text: the way to what was said, and what is in the palette about it. Loaded once the text is there.

import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { may } from '../../shared/domain/roles.ts'
import { answerDraftOf } from '../interview/answer-draft.ts'
import { liveInterviewOf } from '../interview/live-interview.ts'
import { useAsk, useSetMode } from '../interview/use-interview.ts'
import { useOpenProject } from '../session/open-project.ts'
import { offerWay } from '../session/ways.ts'
import { useCommands } from '../ui/commands.ts'
import { useIsWide } from '../ui/media.ts'
import { tellError } from '../ui/toast.ts'
import { showRightPanel } from './panel-layout.ts'

/** Nothing to see by itself. */
export function TextInterview() {
  const { project, provider, role } = useOpenProject()
  const [, navigate] = useLocation()
  const isWide = useIsWide()
  const ask = useAsk()
  const setMode = useSetMode()
  const address = `/p/${project.id}`
  const show = () => {
    if (location.pathname !== address) navigate(address)
    showRightPanel('interview', isWide)
  }
  useEffect(
    () =>
      offerWay('message', (messageId) => {
        if (location.pathname !== address) navigate(address)
        showRightPanel('interview', isWide)
        liveInterviewOf(project.id, provider).reveal(messageId)
      }),
    [project.id, provider, address, navigate, isWide],
  )
  const group = 'Interview'
  const answer = () => {
    show()
    answerDraftOf(provider).focus()
  }
  const askNext = () => {
    show()
    ask.mutate(undefined, { onError: ({ message }) => tellError(`Nothing was asked. ${message}`) })
  }
  const switchTo = (mode: 'socratic' | 'direct') =>
    setMode.mutate(mode, { onError: ({ message }) => tellError(`The mode is as it was. ${message}`) })
  useCommands(
    [
      ...(may(role, 'answer')
        ? [
            { id: 'interview.answer', title: 'Answer in the interview', group, keys: ['i'], words: 'write say chat', run: answer },
            { id: 'interview.ask', title: 'Ask me a question', group, words: 'next interviewer', run: askNext },
          ]
        : []),
      ...(may(role, 'write')
        ? [
            { id: 'interview.socratic', title: 'Interview: Socratic mode, for everyone', group, run: () => switchTo('socratic') },
            { id: 'interview.direct', title: 'Interview: direct mode, for everyone', group, run: () => switchTo('direct') },
          ]
        : []),
    ],
    `interview ${role}`,
  )
  return null
}
