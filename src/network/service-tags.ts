/**
 * Azure's service tags: those of the table at
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags (July 2025), and below
 * it some that other pages and earlier editions of it name. The list ages, so a word that is not in it proves nothing.
 */
const SERVICE_TAGS: ReadonlyMap<string, string> = new Map(
  `ActionGroup ApiManagement AppConfiguration ApplicationInsightsAvailability AppService AppServiceManagement
  AzureActiveDirectory AzureActiveDirectoryDomainServices AzureAdvancedThreatProtection AzureArcInfrastructure
  AzureAttestation AzureBackup AzureBotService AzureCloud AzureCognitiveSearch AzureConnectors AzureContainerRegistry
  AzureCosmosDB AzureDatabricks AzureDataExplorerManagement AzureDeviceUpdate AzureDevOps AzureDigitalTwins
  AzureEventGrid AzureFrontDoor.Backend AzureFrontDoor.FirstParty AzureFrontDoor.Frontend
  AzureFrontDoor.MicrosoftSecurity AzureHealthcareAPIs AzureInformationProtection AzureIoTHub AzureKeyVault
  AzureLoadBalancer AzureMachineLearningInference AzureManagedGrafana AzureMonitor
  AzureOpenDatasets AzurePlatformDNS AzurePlatformIMDS AzurePlatformLKM AzureResourceManager AzureSentinel AzureSignalR
  AzureSiteRecovery AzureSphere AzureSpringCloud AzureStack AzureTrafficManager AzureUpdateDelivery AzureWebPubSub
  BatchNodeManagement ChaosStudio CognitiveServicesFrontend CognitiveServicesManagement DataFactory
  DataFactoryManagement Dynamics365BusinessCentral Dynamics365ForMarketingEmail EOPExternalPublishedIPs EventHub
  GatewayManager GuestAndHybridManagement HDInsight Internet KustoAnalytics LogicApps LogicAppsManagement
  M365ManagementActivityApi M365ManagementActivityApiWebhook MicrosoftAzureFluidRelay MicrosoftCloudAppSecurity
  MicrosoftDefenderForEndpoint PowerBI PowerPlatformInfra PowerPlatformPlex PowerQueryOnline Scuba SerialConsole
  ServiceBus ServiceFabric Sql SqlManagement Storage StorageMover StorageSyncService
  SystemServiceAzureSpringAppsResourceProvider VideoIndexer VirtualNetwork WindowsAdminCenter WindowsVirtualDesktop

  AzureDataLake AzureMachineLearning MicrosoftContainerRegistry MicrosoftPurviewPolicyDistribution OneDsCollector`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);

/** Whether a text has the form of a service tag: a word, not an address. */
export function isTagWord(text: string): boolean {
  return /^[a-z][\w.-]*$/i.test(text);
}

/** Whether a word is a service tag, with or without the name of a region at its end: `Storage`, `Storage.WestEurope`. */
export function isServiceTag(word: string): boolean {
  const name = word.toLowerCase();
  return SERVICE_TAGS.has(name) || SERVICE_TAGS.has(name.replace(/\.[a-z0-9]+$/, ''));
}

/** A tag as Microsoft writes it, because Azure takes it in any case; other words as they are. */
export function tagName(word: string): string {
  return SERVICE_TAGS.get(word.toLowerCase()) ?? word;
}
