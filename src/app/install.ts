import { signal } from '@preact/signals'

interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

/** The browser's offer to install the app, kept until the person asks for it. Safari makes none: there it is done by hand. */
export const installOffer = signal<InstallOffer | null>(null)

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  installOffer.value = event as InstallOffer
})
addEventListener('appinstalled', () => {
  installOffer.value = null
})
