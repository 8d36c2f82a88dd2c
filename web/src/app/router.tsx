import { createBrowserRouter } from "react-router";
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
          const Page = (await route.load()).default;
          return {
            element: (
              <Guarded route={route}>
                <Page />
              </Guarded>
            ),
          };
        },
      })),
      { path: "*", element: <NotFound /> },
    ],
  },
]);
