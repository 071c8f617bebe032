// Waits for as many seconds as its event says, then answers. Without paper it fails.
export const handler = async (event) => {
  if (process.env.PAPER === "empty") throw new Error("out of paper");
  const seconds = event.waitingPeriodSeconds ?? 0;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return { waited: seconds };
};
