import { uniqueString } from '../../src/arm/unique-string.ts';

test.each([
  // Azure/bicep, FunctionResolverTests.cs, evaluated by the deployment engine.
  [['snap', 'crackle', 'pop'], 'byghxckddilkc'],
  // Azure/bicep, baselines_bicepparam/Expressions/parameters.json.
  [['asd', 'asdf', 'asdf'], 'iizpqit7ih3cc'],
  // Azure/bicep, SnapshotCommandTests/basic/main.snapshot.json: the name `storejs26ofeqkqeve`.
  [['/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myRg'], 'js26ofeqkqeve'],
])('uniqueString of %j is what Azure gives', (texts, expected) => {
  expect(uniqueString(texts)).toBe(expected);
});
