// Preferences of this browser: the theme and how the text is set. Loaded when it is first opened.

import { Dialog } from '../ui/dialog.tsx'
import { fontSizes, setPreferences, textWidths, usePreferences } from '../ui/preferences.ts'
import { Segmented } from '../ui/segmented.tsx'
import { setTheme, themes, useTheme } from '../ui/theme.ts'

const themeChoices = themes.map(({ theme, label }) => ({ value: theme, label }))
const sizeChoices = fontSizes.toSorted((a, b) => a - b).map((size) => ({ value: size, label: `${size}` }))
const widthWords = { normal: 'Normal', wide: 'Wide', full: 'Full' } as const
const widthChoices = textWidths.map((width) => ({ value: width, label: widthWords[width] }))
const onOff = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const

/** Every choice takes effect at once; open as long as it is rendered. */
export function PreferencesDialog({ onClose }: { onClose: () => void }) {
  const theme = useTheme()
  const { fontSizePx, textWidth, checksSpelling, marksWording } = usePreferences()
  return (
    <Dialog title="Preferences" description="They are kept in this browser." isOpen onOpenChange={onClose}>
      <div className="grid gap-4">
        <Segmented label="Theme" value={theme} choices={themeChoices} onChange={setTheme} />
        <Segmented label="Text size" value={fontSizePx} choices={sizeChoices} onChange={(size) => setPreferences({ fontSizePx: size })} />
        <Segmented label="Text width" value={textWidth} choices={widthChoices} onChange={(width) => setPreferences({ textWidth: width })} />
        <Segmented
          label="Check spelling"
          value={checksSpelling ? 'on' : 'off'}
          choices={onOff}
          onChange={(choice) => setPreferences({ checksSpelling: choice === 'on' })}
        />
        <Segmented
          label="Mark unclear wording"
          value={marksWording ? 'on' : 'off'}
          choices={onOff}
          onChange={(choice) => setPreferences({ marksWording: choice === 'on' })}
        />
      </div>
    </Dialog>
  )
}
