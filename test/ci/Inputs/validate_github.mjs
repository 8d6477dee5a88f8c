// validate_github.mjs DIRECTORY action|workflow < FILE: whether it is what GitHub's schema says.
import { readFileSync } from "node:fs";

const [directory, kind] = process.argv.slice(2);
const { default: validator } = await import(`${directory}/action-validator/action_validator.js`);
const text = readFileSync(0, "utf8");
const { errors } = kind === "action" ? validator.validateAction(text) : validator.validateWorkflow(text);
console.log(errors.length === 0 ? "valid" : JSON.stringify(errors));
