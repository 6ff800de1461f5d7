import type { PermissionId } from './ids.ts';
import type { PermissionScope } from './permissions.ts';

/**
 * How far permissions reach, as profiles of real accounts have shown it: the widest scope under Super Admin (profile
 * of 2017), and whether Standard (International) held it for Self (profile of 2023).
 *
 * RingCentral's dictionary does not publish reach, so a permission that is missing here has an unknown one.
 */
type Reach = { readonly widest: PermissionScope; readonly alsoSelf: boolean };

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const OBSERVED: readonly (readonly [PermissionScope, boolean, readonly string[]])[] = [
  [
    'Account',
    false,
    words(`
      AccountAdministration AccountValidation ActiveDirectory AddRemoveDevices AddRemovePhoneNumbers
      AddRemoveUsers Appearance ApplyUserTemplates AutoReceptionist DeviceOrdering DirectoryAssistance
      EditAdvancedFeaturesInfo EditCompanyAnsweringRules EditCompanyCallerIDSettings EditCompanyDevices
      EditCompanyGreetings EditCompanyInfo EditCompanyPhoneNumbers EditInternationalCallingPolicy
      EditPaymentMethod EditServicePlanInfo EditUserRoles EditUserTemplates InternationalCalling
      LiveReportsLicense MeetingsPlan PaymentMethod QoSReports ReadAdvancedFeaturesInfo
      ReadCompanyAnsweringRules ReadCompanyDevices ReadCompanyGreetings ReadCompanyInfo ReadCompanyPhoneNumbers
      ReadExtensions ReadInternationalCallingPolicy ReadPaymentMethod ReadServicePlanInfo ReadUserRoles
      ReadUserTemplates ServicePlan
    `),
  ],
  [
    'Account',
    true,
    words(`
      ConfigureIntercom PhonesAndNumbers ReadUserDevices ReadUserPhoneNumbers
    `),
  ],
  [
    'AllExtensions',
    false,
    words(`
      CompanyCallLog CompanyNumbersAndInfo EditAssignedRoles EditCompanyCallLog EditUserPhoneNumbers
      PhonesAndDevices ReadCompanyCallLog ReadRingSenseInsights ReassignDevices ReassignPhoneNumbers Roles
    `),
  ],
  [
    'AllExtensions',
    true,
    words(`
      CallHandling EditBlockedNumbers EditCallInfo EditCallLog EditCallLogDelivery EditCallerIDSettings
      EditExtensionGrant EditMessagesNotificationsSettings EditUserAnsweringRules EditUserCredentials
      EditUserDevices EditUserForwardingFlipNumbers EditUserHours EditUserInfo EditUserScreeningGreetingSettings
      ReadAssignedRoles ReadBlockedNumbers ReadCallLog ReadCallRecordings ReadCallerIDSettings
      ReadExtensionGrant ReadMessageContent ReadMessages ReadMessagesNotificationsSettings
      ReadUserAnsweringRules ReadUserForwardingFlipNumbers ReadUserInfo ReadUserScreeningGreetingSettings
      ScreeningGreetingHoldMusic UserInfo
    `),
  ],
  [
    'Federation',
    false,
    words(`
      ReadPresenceStatus
    `),
  ],
  [
    'NonUserExtensions',
    false,
    words(`
      AddRemoveGroups Groups
    `),
  ],
  [
    'Self',
    false,
    words(`
      BotUninstall EditReportSettings ReadReports Reports
    `),
  ],
  [
    'Self',
    true,
    words(`
      BotInstall BusinessSms CallFlip CallForwarding CallRecording CallTransfer DND DevPortalAccess
      DomesticCalls EditMessages EditPersonalContacts EditPresenceStatus General Glip Hold InboundSMS
      InternalCalls InternalSMS InternationalCalls InternationalSMS LocalSMS Meetings OrganizeConference
      OutboundFaxes OutboundSMS ParkLocation ParkPublic PremiumDestinations ReadPersonalContacts
      RingCentralDesktopApp RingCentralMobileApp ServiceWebAccess ThirdPartyAppAccess Voicemail
    `),
  ],
  [
    'UserExtensions',
    false,
    words(`
      Templates Users
    `),
  ],
  [
    'UserExtensions',
    true,
    words(`
      ConfigurePresence EditOutboundFaxSettings EditPresenceSettings HUD MessagesAndNotifications
      OutboundCallerId OutboundFaxSettings ReadOutboundFaxSettings ReadPresenceSettings
    `),
  ],
];

const REACH: ReadonlyMap<string, Reach> = new Map(
  OBSERVED.flatMap(([widest, alsoSelf, ids]) => ids.map((id) => [id, { widest, alsoSelf }] as const)),
);

/** Tells whether others than oneself can be reached with it; false where Self is all there is, or nothing is known. */
export function reachesFurther(permission: PermissionId): boolean {
  const reach = REACH.get(permission);
  return reach !== undefined && reach.widest !== 'Self';
}

/**
 * How far a permission reaches when a role of a given scope brings it.
 *
 * A role prints one scope, yet its permissions may differ: Standard (International), scope Self, holds ReadExtensions
 * for the account. So a permission that was never seen as Self keeps the reach that it has, whatever the role; one that
 * exists for oneself and for others counts as Self, because the wide scope of the role may stem from its other
 * permissions, and claiming too little is the safe mistake. An unknown role scope yields an empty list: unknown, not none.
 */
export function scopesIn(permission: PermissionId, roleScope: PermissionScope | null): readonly PermissionScope[] {
  const reach = REACH.get(permission);
  if (reach === undefined) return roleScope === null ? [] : [roleScope];
  if (reach.widest === 'Self' || reach.alsoSelf) return ['Self'];
  return roleScope === null ? [] : [reach.widest];
}

/** How far a permission reaches for Super Admin, which covers the company and all sites. */
export function scopesOfSuperAdmin(permission: PermissionId): readonly PermissionScope[] {
  return [REACH.get(permission)?.widest ?? 'AllExtensions'];
}

/** Tells whether one of the scopes reaches user extensions other than one's own. Unknown scopes never do. */
export function reachesOthers(scopes: readonly PermissionScope[]): boolean {
  return scopes.some((scope) => scope === 'AllExtensions' || scope === 'UserExtensions' || scope === 'Account');
}
