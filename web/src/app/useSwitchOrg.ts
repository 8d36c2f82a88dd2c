import { useMutation, useQueryClient } from "@tanstack/react-query";
import { meQuery, switchOrg } from "@/api/queries/session";

/** Switches the acting station; everything read so far was the other station's view. */
export function useSwitchOrg(): (org: string) => void {
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: switchOrg,
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "me" });
    },
  });
  return mutate;
}
