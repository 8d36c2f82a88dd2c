import { type Key, useSpeech } from "@/shared/i18n";

/** In what two files are alike, in words. */
export function useAlike() {
  const { t } = useSpeech();
  return (alike: readonly string[]) =>
    alike.map((one) => t(`customers.alike_${one}` as Key)).join(t("staff.and"));
}
