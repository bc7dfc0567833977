// Which item is which after an edit, case by case.

import { describe, expect, it } from 'vitest'
import { SpecOutline } from '../../shared/spec/outline.ts'
import { Ledger } from './ledger.ts'
import { matchItems, type LostItem } from './match-items.ts'

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** What each item of the text is after an edit, by what it said before; and what took the place of those that are gone. */
function after(text: string, edits: { from: number; to: number; insert: string }[], gone: string[] = []) {
  const ledger = finish(Ledger.read(text))
  const texts = new Map(ledger.items.map((item, index) => [String(index), item]))
  ledger.assignAll(ledger.items.map((_, index) => [index, String(index)] as const))
  let target = text
  for (const { from, to, insert } of edits.toReversed()) target = target.slice(0, from) + insert + target.slice(to)
  finish(ledger.update(edits, target))
  const lost: LostItem[] = [...ledger.displaced.values()].map(({ id, trace }) => {
    const item = texts.get(id)
    return {
      id,
      text: item?.text ?? '',
      externalId: item?.externalId ?? null,
      category: item?.category ?? '',
      trace,
      isGone: false,
      isFormer: false,
    }
  })
  for (const words of gone)
    lost.push({ id: words, text: words, externalId: null, category: '', trace: null, isGone: true, isFormer: false })
  const open = ledger.ids.flatMap((id, index) => (id === null ? [index] : []))
  const fresh = open.flatMap((index) => ledger.items[index] ?? [])
  const { pairs, successors } = finish(matchItems(lost, fresh))
  const before = (id: string | null | undefined) => (id ? (texts.get(id)?.text ?? id) : null)
  return {
    items: ledger.items.map((item, index) => {
      const nth = open.indexOf(index)
      const id = nth < 0 ? ledger.ids[index] : lost[pairs.get(nth) ?? -1]?.id
      return `${item.text} < ${before(id) ?? 'new'}`
    }),
    successors: [...successors].map(([one, nth]) => `${before(lost[one]?.id)} > ${fresh[nth]?.text}`),
  }
}

const text = '## Goals\n\n- Pots are sold in shops\n- Kilns are fired at night\n- Clay is bought monthly\n'
const at = (words: string) => text.indexOf(words)
const cut = (words: string, insert = '') => ({ from: at(words), to: at(words) + words.length, insert })

describe('an item', () => {
  it('[ITM7] that is typed over in its line is the same', () => {
    expect(after(text, [cut('Kilns are fired at night', 'U')]).items[1]).toBe('U < Kilns are fired at night')
  })

  it('[ITM7] that is cut in two is the first part, unless that is a scrap of it', () => {
    expect(after(text, [{ from: at(' at night'), to: at(' at night'), insert: '\n-' }]).items.slice(1, 3)).toEqual([
      'Kilns are fired < Kilns are fired at night',
      'at night < new',
    ])
    expect(after(text, [{ from: at(' fired'), to: at(' fired'), insert: '\n-' }]).items.slice(1, 3)).toEqual([
      'Kilns are < Kilns are fired at night',
      'fired at night < new',
    ])
    expect(after(text, [{ from: at('ilns'), to: at('ilns'), insert: '\n- ' }]).items.slice(1, 3)).toEqual([
      'K < new',
      'ilns are fired at night < Kilns are fired at night',
    ])
  })

  it('[ITM12] that is joined to the one before it gives way to that', () => {
    const joined = after(text, [cut('\n- Clay', ' clay')])
    expect(joined.items).toEqual([
      'Pots are sold in shops < Pots are sold in shops',
      'Kilns are fired at night clay is bought monthly < Kilns are fired at night',
    ])
    expect(joined.successors).toEqual(['Clay is bought monthly > Kilns are fired at night clay is bought monthly'])
  })

  it('[ITM7] that trades places with another goes by its words, not by its place', () => {
    const swapped = after(text, [
      cut('Pots are sold in shops', 'Clay is bought monthly'),
      cut('Clay is bought monthly', 'Pots are sold in shops'),
    ])
    expect(swapped.items).toEqual([
      'Clay is bought monthly < Clay is bought monthly',
      'Kilns are fired at night < Kilns are fired at night',
      'Pots are sold in shops < Pots are sold in shops',
    ])
  })

  it('[ITM7] that is cut and pasted is found by its words among many that are much alike', () => {
    const many = Array.from({ length: 100 }, (_, index) => `- Pots of kind ${index} are sold in shops\n`)
    const before = many.join('')
    const [first = '', second = ''] = many
    const moved = after(before, [
      { from: 0, to: first.length + second.length, insert: '' },
      { from: before.length, to: before.length, insert: second + first },
    ])
    expect(moved.items.slice(-2)).toEqual([second, first].map((line) => `${line.slice(2, -1)} < ${line.slice(2, -1)}`))
  })

  it('[ITM12] that moved and was reworded a little is found, another in its place is not it', () => {
    const moved = after(text, [
      { from: at('- Pots'), to: text.length, insert: '- Clay is bought weekly\n- Something entirely else\n- Pots are sold in two shops\n' },
    ])
    expect(moved.items).toEqual([
      'Clay is bought weekly < Clay is bought monthly',
      'Something entirely else < new',
      'Pots are sold in two shops < Pots are sold in shops',
    ])
  })

  it('[ITM7] that left comes back by nearly the same words only', () => {
    const add = (words: string) =>
      after(text, [{ from: text.length, to: text.length, insert: `- ${words}\n` }], ['Glaze is mixed by hand each day']).items.at(-1)
    expect(add('Glaze is mixed by hand each day')).toBe('Glaze is mixed by hand each day < Glaze is mixed by hand each day')
    expect(add('Glaze is mixed by hand every day')).toBe('Glaze is mixed by hand every day < Glaze is mixed by hand each day')
    expect(add('Glaze is mixed by a machine')).toBe('Glaze is mixed by a machine < new')
  })

  it('[ITM7] of a pair with equal words stays the one it is', () => {
    const twins = '- same\n- other\n- same\n'
    const ledger = finish(Ledger.read(twins))
    expect(ledger.items.map(({ text: words }) => words)).toEqual(['same', 'other', 'same'])
    expect(new SpecOutline(twins).items).toHaveLength(3)
    const moved = after(twins, [{ from: 7, to: 15, insert: '' }])
    expect(moved.items).toEqual(['same < same', 'same < same'])
  })
})
