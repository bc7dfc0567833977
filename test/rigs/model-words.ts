// How OpenAI and Anthropic put an answer on the wire, as far as a test needs it.

/** What an answer says that it took. */
export interface ScriptedUsage {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** The pieces of a streamed answer, and one that comes whole. */
export interface ModelWords {
  readonly start: string
  delta(text: string): string
  end(usage: ScriptedUsage): string
  /** Told inside of an answer that began well. */
  readonly overload: string
  whole(text: string, usage: ScriptedUsage): unknown
}

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
const event = (value: { type: string; [field: string]: unknown }): string => `event: ${value.type}\n${data(value)}`

const chunk = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'scripted' }
const tokens = ({ inputTokens, outputTokens }: ScriptedUsage) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
})

export const openaiWords: ModelWords = {
  start: data({ ...chunk, choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }),
  delta: (text) => data({ ...chunk, choices: [{ index: 0, delta: { content: text }, finish_reason: null }] }),
  end: (usage) =>
    data({ ...chunk, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) +
    data({ ...chunk, choices: [], usage: tokens(usage) }) +
    'data: [DONE]\n\n',
  overload: data({ error: { message: 'The server is overloaded', type: 'overloaded_error', code: 529 } }),
  whole: (text, usage) => ({
    ...chunk,
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: tokens(usage),
  }),
}

const message = { id: 'm1', type: 'message', role: 'assistant', model: 'scripted', stop_sequence: null }

export const anthropicWords: ModelWords = {
  start:
    event({
      type: 'message_start',
      message: { ...message, content: [], stop_reason: null, usage: { input_tokens: 10, output_tokens: 1 } },
    }) +
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
    event({ type: 'ping' }),
  delta: (text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  end: ({ inputTokens, outputTokens }) =>
    event({ type: 'content_block_stop', index: 0 }) +
    event({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { input_tokens: inputTokens, output_tokens: outputTokens },
    }) +
    event({ type: 'message_stop' }),
  overload: event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
  whole: (text, { inputTokens, outputTokens }) => ({
    ...message,
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: inputTokens, output_tokens: outputTokens },
  }),
}
