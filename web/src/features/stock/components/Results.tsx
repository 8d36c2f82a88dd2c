import Button from "antd/es/button";
import type { ReactNode } from "react";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";

interface Props {
  found: {
    isPending: boolean;
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
    refetch: () => unknown;
  };
  count: number;
  empty: { title: string; text?: string };
  children: ReactNode;
}

/** A list with what stands there while it comes, fails or is empty, and the way to more. */
export function Results({ found, count, empty, children }: Props) {
  const { t } = useSpeech();
  if (found.isPending) {
    return (
      <div className="card">
        <Loading lines={9} />
      </div>
    );
  }
  if (found.error && count === 0) {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  return (
    <>
      {count > 0 ? (
        children
      ) : (
        <div className="card">
          <Blank title={empty.title} {...(empty.text && { text: empty.text })} />
        </div>
      )}
      {found.hasNextPage && (
        <div className="stock-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("words.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
