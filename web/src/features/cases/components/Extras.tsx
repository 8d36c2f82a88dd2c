import Input from "antd/es/input/Input";
import TextArea from "antd/es/input/TextArea";
import { lazy, Suspense, useId } from "react";
import type { LateEntry } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { REASON } from "@/shared/form/focusField";
import DateField from "@/shared/form/fields/DateField";

const PhotosField = lazy(() => import("@/shared/form/fields/Photos"));

export interface ExtrasValue {
  reason: string;
  late: {
    paper: string;
    reason: string;
    occurred_at: string | null;
    photos: { file: string }[];
  } | null;
}

export const blankExtras: ExtrasValue = { reason: "", late: null };

/** What of it goes into the request. */
export function extrasBody(value: ExtrasValue): { reason?: string; late?: LateEntry } {
  const { late, reason } = value;
  return {
    ...(reason.trim() && { reason: reason.trim() }),
    ...(late?.occurred_at && {
      late: {
        paper: late.paper.trim(),
        reason: late.reason.trim(),
        occurred_at: late.occurred_at,
        ...(late.photos.length > 0 && { photos: late.photos.map((photo) => photo.file) }),
      },
    }),
  };
}

interface Props {
  value: ExtrasValue;
  change: (next: ExtrasValue) => void;
  asksReason: boolean;
}

/** The reason to go on all the same, and the late entry of a paper record (补录). */
export function Extras({ value, change, asksReason }: Props) {
  const { t } = useSpeech();
  const id = useId();
  const { late } = value;
  const putLate = (part: Partial<NonNullable<ExtrasValue["late"]>>) =>
    change({
      ...value,
      late: { paper: "", reason: "", occurred_at: null, photos: [], ...late, ...part },
    });
  return (
    <div className="extras">
      {asksReason && (
        <div className="field" data-field={REASON}>
          <div className="field-label">
            <label htmlFor={`${id}-reason`}>
              <span className="field-must">*</span>
              {t("form.reason")}
            </label>
          </div>
          <TextArea
            id={`${id}-reason`}
            autoSize={{ minRows: 2 }}
            value={value.reason}
            onChange={(event) => change({ ...value, reason: event.target.value })}
          />
          <p className="field-help">{t("form.reasonHint")}</p>
        </div>
      )}
      <button
        type="button"
        className="link small muted"
        aria-expanded={late !== null}
        onClick={() => (late ? change({ ...value, late: null }) : putLate({}))}
      >
        {t("form.late")}
      </button>
      {late && (
        <div className="late-entry">
          <p className="muted small">{t("form.lateText")}</p>
          <div className="fields">
            <div className="field">
              <label htmlFor={`${id}-paper`}>{t("form.latePaper")}</label>
              <Input
                id={`${id}-paper`}
                value={late.paper}
                onChange={(event) => putLate({ paper: event.target.value })}
              />
            </div>
            <div className="field">
              <label htmlFor={`${id}-when`}>{t("form.lateWhen")}</label>
              <DateField
                id={`${id}-when`}
                field={{
                  id: "occurred_at",
                  title: { zh: "", en: "" },
                  kind: "instant",
                  required: true,
                  visible: true,
                }}
                value={late.occurred_at}
                set={(next) => putLate({ occurred_at: next as string | null })}
                invalid={false}
              />
            </div>
            <div className="field wide">
              <label htmlFor={`${id}-why`}>{t("form.lateReason")}</label>
              <Input
                id={`${id}-why`}
                value={late.reason}
                onChange={(event) => putLate({ reason: event.target.value })}
              />
            </div>
            <div className="field wide">
              <label htmlFor={`${id}-photos`}>{t("form.latePhotos")}</label>
              <Suspense>
                <PhotosField
                  id={`${id}-photos`}
                  field={{
                    id: "late_photos",
                    title: { zh: "", en: "" },
                    kind: "photos",
                    required: false,
                    visible: true,
                    max: 5,
                  }}
                  value={late.photos}
                  set={(next) => putLate({ photos: (next ?? []) as { file: string }[] })}
                  invalid={false}
                />
              </Suspense>
            </div>
          </div>
        </div>
      )}
    </div>
  );
}
