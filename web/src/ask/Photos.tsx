import { useEffect, useMemo } from "react";
import type { Say } from "./words";

interface Props {
  t: Say;
  most: number;
  photos: File[];
  change: (photos: File[]) => void;
}

/** Photos that go along, each to be taken off again. */
export function Photos({ t, most, photos, change }: Props) {
  const shown = useMemo(() => photos.map((photo) => URL.createObjectURL(photo)), [photos]);
  useEffect(() => () => shown.forEach((address) => URL.revokeObjectURL(address)), [shown]);
  return (
    <fieldset className="photos">
      <legend>{t("photos", { n: most })}</legend>
      {shown.map((address, index) => (
        <span key={address} className="photo">
          <img src={address} alt={t("photo")} />
          <button
            type="button"
            aria-label={t("removePhoto")}
            onClick={() => change(photos.filter((_, at) => at !== index))}
          >
            ×
          </button>
        </span>
      ))}
      {photos.length < most && (
        <label className="add">
          <input
            type="file"
            accept="image/jpeg,image/png,image/webp"
            multiple
            onChange={(event) => {
              change([...photos, ...(event.target.files ?? [])].slice(0, most));
              event.target.value = "";
            }}
          />
          <span aria-hidden>+</span>
          {t("addPhoto")}
        </label>
      )}
    </fieldset>
  );
}
