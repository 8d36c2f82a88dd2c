import { createBrowserRouter } from "react-router";
import { Away } from "./Away";
import { Crashed } from "./Crashed";
import { Frame } from "./Frame";
import { Guarded } from "./Guarded";
import { NotFound } from "./NotFound";
import { routes } from "./routes";

export const router = createBrowserRouter([
  {
    // Whoever opens an invitation has no session yet, or somebody else's.
    path: "/welcome",
    errorElement: <Crashed />,
    hydrateFallbackElement: <span />,
    lazy: async () => {
      const { default: Welcome } = await import("@/features/signin/pages/Welcome");
      return { element: <Welcome /> };
    },
  },
  {
    // Customers come here from a message, and never sign in.
    path: "/u/:word",
    errorElement: <Crashed />,
    hydrateFallbackElement: <span />,
    lazy: async () => {
      const { default: Unsubscribe } = await import("@/features/signin/pages/Unsubscribe");
      return { element: <Unsubscribe /> };
    },
  },
  {
    // Back from WeChat, where a customer said yes or no to a message.
    path: "/w",
    errorElement: <Crashed />,
    hydrateFallbackElement: <span />,
    lazy: async () => {
      const { default: Agreed } = await import("@/features/signin/pages/Agreed");
      return { element: <Agreed /> };
    },
  },
  {
    // Back from the identity provider: nobody yet, or who goes on signed in.
    path: "/arrived",
    errorElement: <Crashed />,
    hydrateFallbackElement: <span />,
    lazy: async () => {
      const { default: Arrived } = await import("@/features/signin/pages/Arrived");
      return { element: <Arrived /> };
    },
  },
  {
    element: <Frame />,
    errorElement: <Crashed />,
    hydrateFallbackElement: <span />,
    children: [
      ...routes.map((route) => ({
        path: route.path,
        errorElement: <Crashed />,
        lazy: async () => {
          const loaded = await route.load().catch(() => null);
          const page = loaded ? <loaded.default /> : <Away load={route.load} />;
          return { element: <Guarded route={route}>{page}</Guarded> };
        },
      })),
      { path: "*", element: <NotFound /> },
    ],
  },
]);
