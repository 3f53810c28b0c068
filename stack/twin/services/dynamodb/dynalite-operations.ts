import batchGetItem from "dynalite/actions/batchGetItem.js";
import batchWriteItem from "dynalite/actions/batchWriteItem.js";
import createTable from "dynalite/actions/createTable.js";
import deleteItem from "dynalite/actions/deleteItem.js";
import describeTable from "dynalite/actions/describeTable.js";
import getItem from "dynalite/actions/getItem.js";
import listTables from "dynalite/actions/listTables.js";
import putItem from "dynalite/actions/putItem.js";
import query from "dynalite/actions/query.js";
import scan from "dynalite/actions/scan.js";
import updateItem from "dynalite/actions/updateItem.js";
import checkBatchGetItem from "dynalite/validations/batchGetItem.js";
import checkBatchWriteItem from "dynalite/validations/batchWriteItem.js";
import checkCreateTable from "dynalite/validations/createTable.js";
import checkDeleteItem from "dynalite/validations/deleteItem.js";
import checkDescribeTable from "dynalite/validations/describeTable.js";
import checkGetItem from "dynalite/validations/getItem.js";
import checkListTables from "dynalite/validations/listTables.js";
import checkPutItem from "dynalite/validations/putItem.js";
import checkQuery from "dynalite/validations/query.js";
import checkScan from "dynalite/validations/scan.js";
import checkUpdateItem from "dynalite/validations/updateItem.js";

/** What dynalite does for each operation, and how it checks the input. */
export const DYNALITE_OPERATIONS = {
  BatchGetItem: { action: batchGetItem, validation: checkBatchGetItem },
  BatchWriteItem: { action: batchWriteItem, validation: checkBatchWriteItem },
  CreateTable: { action: createTable, validation: checkCreateTable },
  DeleteItem: { action: deleteItem, validation: checkDeleteItem },
  DescribeTable: { action: describeTable, validation: checkDescribeTable },
  GetItem: { action: getItem, validation: checkGetItem },
  ListTables: { action: listTables, validation: checkListTables },
  PutItem: { action: putItem, validation: checkPutItem },
  Query: { action: query, validation: checkQuery },
  Scan: { action: scan, validation: checkScan },
  UpdateItem: { action: updateItem, validation: checkUpdateItem },
} as const;

export type DynaliteOperation = keyof typeof DYNALITE_OPERATIONS;
