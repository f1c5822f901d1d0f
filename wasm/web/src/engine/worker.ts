// What the page's worker runs.
import { createEngineClient } from "./engine_client";
import { serve } from "./serve";

serve(self as unknown as Parameters<typeof serve>[0], createEngineClient());
