/** Runs in the page: how many records its tablet has. */
export const countRecords = () =>
  new Promise<number>((resolve) => {
    const asked = indexedDB.open('bowon')
    asked.onsuccess = () => {
      const count = asked.result.transaction('records').objectStore('records').count()
      count.onsuccess = () => {
        asked.result.close()
        resolve(count.result)
      }
    }
  })
