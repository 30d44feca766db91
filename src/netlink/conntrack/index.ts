export { type Connection, deleteConnection, dumpConnections, STATUS } from './connection.js';
