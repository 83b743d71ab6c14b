/** Lays a file into the browser's downloads. */
export const keepFile = (file: Blob, name: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // the browser reads it after the click has been handled
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
