// Bundled apart, beside the worker: large, and loaded only when a tier asks for a hosted model.

export { hostedMakers } from '../../agents/models/hosted.ts';
