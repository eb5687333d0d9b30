import { ACCOUNT_ID, type Call, form, type Handlers, queryAnswer } from '../call.ts';
import { missing } from './elasticache.ts';

interface Group {
  sent: URLSearchParams;
  arn: string;
  memberIds: string[];
}

/** Replication groups and their members, kept as they were asked for and there at once. moto has groups without members that never go. */
export function replicationGroups(): Handlers {
  const groups = new Map<string, Group>();
  const named = (call: Call): string => form(call).get('ReplicationGroupId') ?? '';

  return {
    'elasticache:CreateReplicationGroup': (call) => {
      const sent = form(call);
      const id = named(call);
      const memberIds = Array.from(
        { length: Number(sent.get('NumCacheClusters') ?? 1) },
        (_, index) => `${id}-${String(index + 1).padStart(3, '0')}`,
      );
      const arn = `arn:aws:elasticache:${call.region}:${ACCOUNT_ID}:replicationgroup:${id}`;
      const group = { sent, arn, memberIds };
      groups.set(id, group);
      return queryAnswer('CreateReplicationGroup', groupXml(id, group));
    },
    'elasticache:DescribeReplicationGroups': (call) => {
      const group = groups.get(named(call));
      if (!group) return missing('ReplicationGroupNotFoundFault');
      const list = `<ReplicationGroups>${groupXml(named(call), group)}</ReplicationGroups>`;
      return queryAnswer('DescribeReplicationGroups', list);
    },
    'elasticache:ModifyReplicationGroup': (call) => {
      const group = groups.get(named(call));
      if (!group) return missing('ReplicationGroupNotFoundFault');
      for (const [name, value] of form(call)) group.sent.set(name, value);
      return queryAnswer('ModifyReplicationGroup', groupXml(named(call), group));
    },
    'elasticache:DeleteReplicationGroup': (call) => {
      if (!groups.delete(named(call))) return missing('ReplicationGroupNotFoundFault');
      return queryAnswer('DeleteReplicationGroup', '');
    },
    'elasticache:DescribeCacheClusters': (call) => {
      const id = form(call).get('CacheClusterId') ?? '';
      const group = [...groups.values()].find(({ memberIds }) => memberIds.includes(id));
      if (!group) return missing('CacheClusterNotFound');
      const list = `<CacheClusters>${memberXml(id, group)}</CacheClusters>`;
      return queryAnswer('DescribeCacheClusters', list);
    },
    'elasticache:ListTagsForResource': (call, forward) => {
      const arn = form(call).get('ResourceName');
      const group = [...groups.values()].find((one) => one.arn === arn);
      if (!group) return forward(call);
      return queryAnswer('ListTagsForResource', `<TagList>${tagsXml(group.sent)}</TagList>`);
    },
  };
}

/** Each parameter that was sent, under the name by which it is told. */
function told(sent: URLSearchParams, names: Record<string, string>): string {
  return Object.entries(names)
    .filter(([name]) => sent.has(name))
    .map(([name, as]) => `<${as}>${sent.get(name) ?? ''}</${as}>`)
    .join('');
}

function groupXml(id: string, { sent, arn, memberIds }: Group): string {
  const state = (name: string) => (sent.get(name) === 'true' ? 'enabled' : 'disabled');
  const endpoint = (role: string) =>
    `<Address>${role}.${id}.emulated.cache.amazonaws.com</Address><Port>6379</Port>`;
  return (
    `<ReplicationGroup><ReplicationGroupId>${id}</ReplicationGroupId><ARN>${arn}</ARN><Status>available</Status>` +
    `<MemberClusters>${memberIds.map((member) => `<ClusterId>${member}</ClusterId>`).join('')}</MemberClusters>` +
    `<NodeGroups><NodeGroup><NodeGroupId>0001</NodeGroupId><Status>available</Status>` +
    `<PrimaryEndpoint>${endpoint('master')}</PrimaryEndpoint><ReaderEndpoint>${endpoint('replica')}</ReaderEndpoint>` +
    `<NodeGroupMembers>${memberIds.map((member) => `<NodeGroupMember><CacheClusterId>${member}</CacheClusterId></NodeGroupMember>`).join('')}</NodeGroupMembers>` +
    `</NodeGroup></NodeGroups><AutomaticFailover>${state('AutomaticFailoverEnabled')}</AutomaticFailover>` +
    `<MultiAZ>${state('MultiAZEnabled')}</MultiAZ><ClusterEnabled>false</ClusterEnabled><ClusterMode>disabled</ClusterMode>` +
    `<DataTiering>disabled</DataTiering><NetworkType>ipv4</NetworkType><IpDiscovery>ipv4</IpDiscovery>` +
    `<AuthTokenEnabled>false</AuthTokenEnabled><AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade>` +
    told(sent, {
      ReplicationGroupDescription: 'Description',
      Engine: 'Engine',
      CacheNodeType: 'CacheNodeType',
      AtRestEncryptionEnabled: 'AtRestEncryptionEnabled',
      TransitEncryptionEnabled: 'TransitEncryptionEnabled',
      KmsKeyId: 'KmsKeyId',
      SnapshotRetentionLimit: 'SnapshotRetentionLimit',
      SnapshotWindow: 'SnapshotWindow',
    }) +
    `<TransitEncryptionMode>required</TransitEncryptionMode></ReplicationGroup>`
  );
}

function memberXml(id: string, { sent }: Group): string {
  const version = sent.get('EngineVersion') ?? '';
  const securityGroups = [...sent]
    .filter(([name]) => name.startsWith('SecurityGroupIds.'))
    .map(([, groupId]) => `<SecurityGroupId>${groupId}</SecurityGroupId><Status>active</Status>`);
  return (
    `<CacheCluster><CacheClusterId>${id}</CacheClusterId><CacheClusterStatus>available</CacheClusterStatus>` +
    `<EngineVersion>${version}.0</EngineVersion><NumCacheNodes>1</NumCacheNodes>` +
    `<CacheParameterGroup><CacheParameterGroupName>default.redis${version.split('.')[0] ?? ''}</CacheParameterGroupName></CacheParameterGroup>` +
    `<PreferredMaintenanceWindow>sun:05:00-sun:06:00</PreferredMaintenanceWindow>` +
    told(sent, {
      ReplicationGroupId: 'ReplicationGroupId',
      CacheNodeType: 'CacheNodeType',
      Engine: 'Engine',
      CacheSubnetGroupName: 'CacheSubnetGroupName',
      // The provider reads these of the first member, not of the group.
      AtRestEncryptionEnabled: 'AtRestEncryptionEnabled',
      TransitEncryptionEnabled: 'TransitEncryptionEnabled',
    }) +
    `<AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade><TransitEncryptionMode>required</TransitEncryptionMode>` +
    `<SecurityGroups>${securityGroups.map((group) => `<member>${group}</member>`).join('')}</SecurityGroups></CacheCluster>`
  );
}

function tagsXml(sent: URLSearchParams): string {
  return [...sent]
    .filter(([name]) => /^Tags\.\w+\.\d+\.Key$/.test(name))
    .map(([name, key]) => {
      const value = sent.get(name.replace(/Key$/, 'Value')) ?? '';
      return `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;
    })
    .join('');
}
