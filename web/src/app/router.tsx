import { createBrowserRouter } from "react-router";
import { Away } from "./Away";
import { Crashed } from "./Crashed";
import { Frame } from "./Frame";
import { Guarded } from "./Guarded";
import { NotFound } from "./NotFound";
import { routes } from "./routes";

export const router = createBrowserRouter([
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
