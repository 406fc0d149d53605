exports.answer = (event, context, callback) => callback(null, { answered: event.value });

exports.fail = (event, context, callback) => callback(new RangeError("by callback"));

exports.late = (event, context, callback) => {
  setTimeout(() => callback(null, "late"), 5);
};

exports.waitsForTheRest = (event, context, callback) => {
  let rest = "unfinished";
  setTimeout(() => (rest = "finished"), 20);
  callback(null, {
    get rest() {
      return rest;
    },
  });
};

exports.doesNotWait = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  setInterval(() => {}, 1000);
  callback(null, "at once");
};

exports.silent = () => {};

exports.nested = { deeper: { handler: async (event, context) => ({ id: context.awsRequestId }) } };
