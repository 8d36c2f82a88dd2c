import Button from "antd/es/button";
import type { ReactNode } from "react";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import "./list.css";

interface Props<R> {
  found: {
    data: { pages: readonly { items: readonly R[] }[] } | undefined;
    error: unknown;
    isPending: boolean;
    isFetchNextPageError: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
    refetch: () => unknown;
  };
  /** What stands there when nothing was found, and what to do then. */
  empty: { title: string; text?: string; children?: ReactNode };
  children: (rows: R[]) => ReactNode;
}

/** A list page by page, with what stands there while it comes, fails or is empty. */
export function ListPages<R>({ found, empty, children }: Props<R>) {
  const { t } = useSpeech();
  if (found.isPending) {
    return (
      <div className="card">
        <Loading lines={9} />
      </div>
    );
  }
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  // What came stays on the screen when the next page, or a later look, does not come.
  if (found.error && rows.length === 0) {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  if (rows.length === 0) {
    return (
      <div className="card">
        <Blank {...empty} />
      </div>
    );
  }
  return (
    <>
      {children(rows)}
      {found.isFetchNextPageError && <Failed error={found.error} />}
      {found.hasNextPage && (
        <div className="list-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("words.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
