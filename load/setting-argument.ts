// `--set NAME=value`, which every load command takes for the server that it starts.

/** The settings of all `--set` arguments; throws with a sentence when one has no name. */
export function parseSettings(settings: readonly string[]): Record<string, string> {
  return Object.fromEntries(settings.map(splitSetting))
}

function splitSetting(setting: string): [name: string, value: string] {
  const at = setting.indexOf('=')
  if (at < 1) throw new Error('--set takes NAME=value')
  return [setting.slice(0, at), setting.slice(at + 1)]
}
