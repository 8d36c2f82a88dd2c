import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { InfiniteData } from "@tanstack/react-query";
import Button from "antd/es/button";
import type { ReactNode } from "react";
import type { Page } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";

interface Props<T> {
  found: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  empty: { title: string; text: string };
  children: (rows: T[]) => ReactNode;
}

/** The pages of a list with what stands there while they come, fail or are empty. */
export function Results<T>({ found, empty, children }: Props<T>) {
  const { t } = useSpeech();
  if (found.isPending) {
    return (
      <div className="card">
        <Loading lines={9} />
      </div>
    );
  }
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const rows = found.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return (
      <div className="card">
        <Blank title={empty.title} text={empty.text} />
      </div>
    );
  }
  return (
    <>
      {children(rows)}
      {found.hasNextPage && (
        <div className="prices-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("words.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
