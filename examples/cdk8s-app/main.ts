import { App } from 'cdk8s';
import { ProductionAgents, ProductionRights } from './production.js';
import { Shop } from './shop.js';
import { Staging } from './staging.js';

const app = new App();
new Shop(app, 'shop');
new Staging(app, 'staging');
const rights = new ProductionRights(app, 'production-rights');
const agents = new ProductionAgents(app, 'production-agents');
agents.addDependency(rights);
app.synth();
