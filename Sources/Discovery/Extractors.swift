// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Every extractor, in the order in which files are matched. `CompletenessTests` compares this table with the files and the fixtures.
public let extractors: [any Extractor.Type] = [
  PackageJSON.self,
  PackageLock.self,
  YarnLock.self,
  YarnState.self,
  PNPMLock.self,
  BunLock.self,
  BunLockBinary.self,
  DenoLock.self,
  WorkspaceCatalog.self,
  PoetryLock.self,
  PDMLock.self,
  UVLock.self,
  PyLock.self,
  PipfileLock.self,
  DistInfo.self,
  EggInfo.self,
  EggArchive.self,
  PathConfiguration.self,
  CondaMeta.self,
  Requirements.self,
  PyProject.self,
  Pipfile.self,
  SetupCfg.self,
  CondaEnvironment.self,
  PythonScript.self,
]
