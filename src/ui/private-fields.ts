import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** Whether what is typed here was told in confidence. */
export const PrivateFields = createContext(false)

/**
 * What a field has so that the browser neither keeps, completes, corrects nor sends away what is typed in it. `autoCorrect` is written in this
 * way because the property `autocorrect` is a truth value: set to the text "off" it is true, and stands in the page as "on".
 */
export const usePrivacy = () =>
  useContext(PrivateFields)
    ? ({
        autocomplete: 'off',
        autoCorrect: 'off',
        autocapitalize: 'off',
        spellcheck: false,
        writingsuggestions: 'false',
      } as const)
    : {}
