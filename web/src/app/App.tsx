import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import ConfigProvider from "antd/es/config-provider";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import { useEffect } from "react";
import { RouterProvider } from "react-router/dom";
import { Refused } from "@/api/client";
import { language, tag, useSpeech } from "@/shared/i18n";
import { antTheme, useTheme } from "@/shared/theme/theme";
import { usePhone } from "@/shared/ui/usePhone";
import { router } from "./router";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal does not change by asking again; a broken line may.
      retry: (count, error) => !(error instanceof Refused) && count < 2,
      refetchOnWindowFocus: true,
    },
  },
});

// Sentences of the server come in the caller's language: another language, other answers.
language.subscribe(() => void queries.invalidateQueries());

export function App() {
  const { lang } = useSpeech();
  const [theme] = useTheme();
  const phone = usePhone();
  useEffect(() => {
    document.documentElement.lang = tag(lang);
    document.documentElement.dataset["theme"] = theme;
  }, [lang, theme]);
  return (
    <ConfigProvider
      locale={lang === "zh" ? zhCN : enUS}
      theme={antTheme(theme, phone)}
      button={{ autoInsertSpace: false }}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
