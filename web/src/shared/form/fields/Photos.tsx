import CameraOutlined from "@ant-design/icons/CameraOutlined";
import CloseOutlined from "@ant-design/icons/CloseOutlined";
import Image from "antd/es/image";
import { useRef, useState } from "react";
import { fileAddress, upload } from "@/api/files";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import type { FieldProps } from "../skin";

interface Photo {
  file: string;
  slot?: string | null;
}

/** A photo set (照片组): one tile per slot, the missing ones dashed in red; camera first. */
export default function PhotosField({ id, field, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  const photos = (value as Photo[] | null) ?? [];
  const slots = field.choices ?? [];
  const taken = (slot: string) => photos.find((photo) => photo.slot === slot);
  const extra = photos.filter((photo) => !slots.some((slot) => slot.id === photo.slot));
  const room = typeof field.max !== "number" || photos.length < field.max;
  const put = (photo: Photo) =>
    set([...photos.filter((old) => !photo.slot || old.slot !== photo.slot), photo]);
  const drop = (photo: Photo) => set(photos.filter((old) => old !== photo));
  const min = field.min ?? (field.required ? Math.max(slots.length, 1) : 0);
  return (
    <div id={id} role="group" aria-label={say(field.title)}>
      <Image.PreviewGroup>
        <div className="photos">
          {slots.map((slot) => {
            const photo = taken(slot.id);
            const name = say(slot.title);
            return photo ? (
              <Taken key={slot.id} photo={photo} name={name} drop={() => drop(photo)} />
            ) : (
              <Take
                key={slot.id}
                name={name}
                must={field.required && photos.length < min}
                invalid={invalid}
                done={(file) => put({ file, slot: slot.id })}
              />
            );
          })}
          {extra.map((photo) => (
            <Taken key={photo.file} photo={photo} name="" drop={() => drop(photo)} />
          ))}
          {(slots.length === 0 || photos.length >= slots.length) && room && (
            <Take
              name={t("form.addPhoto")}
              must={slots.length === 0 && field.required && photos.length < min}
              invalid={invalid}
              done={(file) => put({ file })}
            />
          )}
        </div>
      </Image.PreviewGroup>
      <p className="muted small">
        {photos.length < min
          ? t("form.photosNeeded", { n: photos.length, min })
          : t("form.photoCount", { n: photos.length })}
      </p>
    </div>
  );
}

function Taken({ photo, name, drop }: { photo: Photo; name: string; drop: () => void }) {
  const { t } = useSpeech();
  return (
    <figure className="photo taken">
      <Image src={fileAddress(photo.file)} alt={name || t("form.viewPhoto")} />
      {name && <figcaption>{name}</figcaption>}
      <button type="button" aria-label={`${t("form.removePhoto")} ${name}`} onClick={drop}>
        <CloseOutlined />
      </button>
    </figure>
  );
}

interface TakeProps {
  name: string;
  must: boolean;
  invalid: boolean;
  done: (file: string) => void;
}

/** A tile that takes a photo or picks one; a failed upload keeps the picture and tries again. */
function Take({ name, must, invalid, done }: TakeProps) {
  const { t } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [failed, setFailed] = useState<{ file: File; why: string } | null>(null);
  const send = async (file: File) => {
    setFailed(null);
    setPercent(0);
    try {
      done((await upload(file, file.name, setPercent)).id);
    } catch (error) {
      setFailed({ file, why: sentence(error, t) });
    } finally {
      setPercent(null);
    }
  };
  return (
    <div className={`photo ${must ? "must" : ""} ${invalid && must ? "invalid" : ""}`}>
      <button
        type="button"
        title={failed?.why}
        disabled={percent !== null}
        onClick={() => (failed ? void send(failed.file) : input.current?.click())}
      >
        {percent === null && !failed && <CameraOutlined aria-hidden="true" />}
        <span>{name}</span>
        {percent !== null && <small>{t("form.uploading", { percent })}</small>}
        {failed && <small className="late">{t("form.uploadFailed")}</small>}
        {percent === null && !failed && must && <small>{t("form.mustPhoto")}</small>}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={name}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void send(file);
        }}
      />
    </div>
  );
}
