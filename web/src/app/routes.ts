import type { ComponentType } from "react";
import RetweetOutlined from "@ant-design/icons/RetweetOutlined";
import ApartmentOutlined from "@ant-design/icons/ApartmentOutlined";
import CarryOutOutlined from "@ant-design/icons/CarryOutOutlined";
import ContactsOutlined from "@ant-design/icons/ContactsOutlined";
import CommentOutlined from "@ant-design/icons/CommentOutlined";
import CustomerServiceOutlined from "@ant-design/icons/CustomerServiceOutlined";
import IdcardOutlined from "@ant-design/icons/IdcardOutlined";
import ApiOutlined from "@ant-design/icons/ApiOutlined";
import AppstoreOutlined from "@ant-design/icons/AppstoreOutlined";
import AuditOutlined from "@ant-design/icons/AuditOutlined";
import BookOutlined from "@ant-design/icons/BookOutlined";
import CarOutlined from "@ant-design/icons/CarOutlined";
import ContainerOutlined from "@ant-design/icons/ContainerOutlined";
import FileDoneOutlined from "@ant-design/icons/FileDoneOutlined";
import FileSearchOutlined from "@ant-design/icons/FileSearchOutlined";
import InboxOutlined from "@ant-design/icons/InboxOutlined";
import AlertOutlined from "@ant-design/icons/AlertOutlined";
import ExperimentOutlined from "@ant-design/icons/ExperimentOutlined";
import EditOutlined from "@ant-design/icons/EditOutlined";
import ImportOutlined from "@ant-design/icons/ImportOutlined";
import MessageOutlined from "@ant-design/icons/MessageOutlined";
import NotificationOutlined from "@ant-design/icons/NotificationOutlined";
import PhoneOutlined from "@ant-design/icons/PhoneOutlined";
import QuestionCircleOutlined from "@ant-design/icons/QuestionCircleOutlined";
import LaptopOutlined from "@ant-design/icons/LaptopOutlined";
import ReadOutlined from "@ant-design/icons/ReadOutlined";
import SafetyCertificateOutlined from "@ant-design/icons/SafetyCertificateOutlined";
import SwapOutlined from "@ant-design/icons/SwapOutlined";
import TrophyOutlined from "@ant-design/icons/TrophyOutlined";
import TeamOutlined from "@ant-design/icons/TeamOutlined";
import ScheduleOutlined from "@ant-design/icons/ScheduleOutlined";
import RollbackOutlined from "@ant-design/icons/RollbackOutlined";
import ScanOutlined from "@ant-design/icons/ScanOutlined";
import TagsOutlined from "@ant-design/icons/TagsOutlined";
import ToolOutlined from "@ant-design/icons/ToolOutlined";
import AccountBookOutlined from "@ant-design/icons/AccountBookOutlined";
import BarChartOutlined from "@ant-design/icons/BarChartOutlined";
import BarcodeOutlined from "@ant-design/icons/BarcodeOutlined";
import DatabaseOutlined from "@ant-design/icons/DatabaseOutlined";
import ProfileOutlined from "@ant-design/icons/ProfileOutlined";
import WalletOutlined from "@ant-design/icons/WalletOutlined";
import WarningOutlined from "@ant-design/icons/WarningOutlined";
import UserDeleteOutlined from "@ant-design/icons/UserDeleteOutlined";
import UsergroupDeleteOutlined from "@ant-design/icons/UsergroupDeleteOutlined";
import type { Permission } from "@/api/types";
import type { Key } from "@/shared/i18n";

/** Groups of the side bar, by work. */
export const areas = ["daily", "people", "data", "rules"] as const;
export type Area = (typeof areas)[number];

/** What a group is called. */
export const areaName: Record<Area, Key> = {
  daily: "frame.groupDaily",
  people: "frame.groupPeople",
  data: "frame.groupData",
  rules: "frame.groupRules",
};

export interface AppRoute {
  path: string;
  /** Its name in the dictionaries; also the title of the page. */
  name: Key;
  icon?: ComponentType;
  /** Who does not hold this permission does not see the route. */
  permission: Permission | null;
  /** Its group of the side bar; without one it is reached from other pages. */
  area?: Area;
  /** Whether it is a tab at the foot of a phone. */
  tab?: boolean;
  load: () => Promise<{ default: ComponentType }>;
}

const cases = () => import("@/features/cases/pages/CaseList");

/** Every page: the router, the side bar, the tabs and the rights come from this one list. */
export const routes: readonly AppRoute[] = [
  {
    path: "/",
    name: "frame.workbench",
    icon: AppstoreOutlined,
    permission: "case_act",
    area: "daily",
    tab: true,
    load: () => import("@/features/workbench/pages/Workbench"),
  },
  {
    path: "/desk",
    name: "frame.desk",
    icon: ScanOutlined,
    permission: "unit_read",
    area: "daily",
    tab: true,
    load: () => import("@/features/desk/pages/Desk"),
  },
  {
    path: "/cases/repair",
    name: "frame.repair",
    icon: ContainerOutlined,
    permission: "case_read",
    area: "daily",
    tab: true,
    load: cases,
  },
  {
    path: "/cashier",
    name: "frame.cashier",
    icon: WalletOutlined,
    permission: "case_act",
    area: "daily",
    load: () => import("@/features/cashier/pages/Cashier"),
  },
  {
    path: "/cases/cashier",
    name: "frame.bills",
    permission: "case_read",
    area: "data",
    icon: ProfileOutlined,
    load: cases,
  },
  {
    path: "/cases/visit",
    name: "frame.visit",
    icon: CarOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/cases/followup",
    name: "frame.followup",
    icon: PhoneOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/hotline",
    name: "frame.hotline",
    icon: CustomerServiceOutlined,
    permission: "customer_read",
    area: "daily",
    load: () => import("@/features/hotline/pages/Hotline"),
  },
  {
    path: "/enquiries",
    name: "frame.enquiries",
    icon: CommentOutlined,
    permission: "case_read",
    area: "daily",
    load: () => import("@/features/enquiries/pages/Enquiries"),
  },
  {
    path: "/knowledge",
    name: "frame.knowledge",
    icon: BookOutlined,
    permission: "case_read",
    area: "daily",
    load: () => import("@/features/knowledge/pages/Knowledge"),
  },
  {
    path: "/cases/inquiry",
    name: "frame.inquiry",
    icon: QuestionCircleOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/cases/warranty",
    name: "frame.warranty",
    icon: RollbackOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/campaigns",
    name: "frame.campaigns",
    icon: NotificationOutlined,
    permission: "case_read",
    area: "daily",
    load: () => import("@/features/campaigns/pages/Campaigns"),
  },
  {
    path: "/campaign/:id",
    name: "frame.campaigns",
    permission: "case_read",
    load: () => import("@/features/campaigns/pages/CampaignPage"),
  },
  {
    path: "/cases/safety",
    name: "frame.safety",
    icon: WarningOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/cases/parts",
    name: "frame.partsPapers",
    icon: RetweetOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/quality",
    name: "frame.batches",
    icon: AlertOutlined,
    permission: "figure_read",
    area: "data",
    load: () => import("@/features/quality/pages/Quality"),
  },
  {
    path: "/cases/quality",
    name: "frame.quality",
    icon: ExperimentOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/cases/claims",
    name: "frame.claims",
    icon: FileDoneOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/review",
    name: "frame.review",
    permission: "case_act",
    load: () => import("@/features/cases/pages/ReviewDesk"),
  },
  {
    path: "/cases/stock",
    name: "frame.stockPapers",
    icon: InboxOutlined,
    permission: "case_read",
    area: "daily",
    load: cases,
  },
  {
    path: "/cases/shift",
    name: "frame.shift",
    icon: SwapOutlined,
    permission: "case_act",
    area: "daily",
    load: cases,
  },
  {
    path: "/cases/training",
    name: "frame.training",
    icon: ReadOutlined,
    permission: "case_read",
    area: "people",
    load: cases,
  },
  {
    path: "/cases/assessment",
    name: "frame.assessment",
    icon: TrophyOutlined,
    permission: "case_read",
    area: "people",
    load: cases,
  },
  {
    path: "/cases/registration",
    name: "frame.registration",
    icon: FileSearchOutlined,
    permission: "case_read",
    area: "people",
    load: cases,
  },
  {
    path: "/cases/certificate",
    name: "frame.certificateCases",
    permission: "case_read",
    load: cases,
  },
  {
    path: "/certificates",
    name: "frame.certificates",
    icon: SafetyCertificateOutlined,
    permission: "people_read",
    area: "people",
    load: () => import("@/features/certificates/pages/Wall"),
  },
  {
    path: "/deputies",
    name: "frame.deputies",
    icon: TeamOutlined,
    permission: null,
    area: "people",
    load: () => import("@/features/offices/pages/Deputies"),
  },
  {
    path: "/duty",
    name: "frame.duty",
    icon: ScheduleOutlined,
    permission: "case_read",
    area: "people",
    load: () => import("@/features/duty/pages/Duty"),
  },
  {
    path: "/people",
    name: "frame.people",
    icon: IdcardOutlined,
    permission: "people_read",
    area: "people",
    load: () => import("@/features/staff/pages/People"),
  },
  {
    path: "/people/new",
    name: "staff.addPerson",
    permission: "people_write",
    load: () => import("@/features/staff/pages/NewPerson"),
  },
  {
    path: "/people/:id",
    name: "frame.people",
    permission: "people_read",
    load: () => import("@/features/staff/pages/PersonPage"),
  },
  {
    path: "/counters",
    name: "lock.counters",
    icon: LaptopOutlined,
    permission: "people_read",
    area: "people",
    load: () => import("@/features/counters/pages/Counters"),
  },
  {
    path: "/webhooks",
    name: "webhooks.title",
    icon: ApiOutlined,
    permission: "system_admin",
    area: "people",
    load: () => import("@/features/webhooks/pages/Webhooks"),
  },
  {
    path: "/customer/:id",
    name: "frame.customer",
    permission: "customer_read",
    load: () => import("@/features/customers/pages/CustomerPage"),
  },
  {
    path: "/erasures",
    name: "frame.erasures",
    icon: UserDeleteOutlined,
    permission: "personal_manage",
    area: "people",
    load: () => import("@/features/customers/pages/Erasures"),
  },
  {
    path: "/customer/:id/merge/:other",
    name: "customers.mergeTitle",
    permission: "personal_manage",
    load: () => import("@/features/customers/pages/MergePage"),
  },
  {
    path: "/duplicates",
    name: "frame.duplicates",
    icon: UsergroupDeleteOutlined,
    permission: "personal_manage",
    area: "people",
    load: () => import("@/features/customers/pages/Duplicates"),
  },
  {
    path: "/deliveries",
    name: "frame.deliveries",
    icon: MessageOutlined,
    permission: "customer_read",
    area: "daily",
    load: () => import("@/features/customers/pages/Undelivered"),
  },
  {
    path: "/units",
    name: "frame.units",
    icon: ApartmentOutlined,
    permission: "people_read",
    area: "people",
    load: () => import("@/features/staff/pages/Units"),
  },
  {
    path: "/stock",
    name: "frame.stock",
    icon: DatabaseOutlined,
    permission: "stock_read",
    area: "daily",
    load: () => import("@/features/stock/pages/Stock"),
  },
  {
    path: "/serials",
    name: "frame.serials",
    icon: BarcodeOutlined,
    permission: "stock_read",
    area: "daily",
    load: () => import("@/features/stock/pages/Serial"),
  },
  {
    path: "/accounts",
    name: "frame.accounts",
    icon: AccountBookOutlined,
    permission: "account_read",
    area: "data",
    load: () => import("@/features/stock/pages/Accounts"),
  },
  {
    path: "/account",
    name: "frame.accounts",
    permission: "stock_read",
    load: () => import("@/features/stock/pages/Account"),
  },
  {
    path: "/case/:id",
    name: "frame.repair",
    permission: "case_read",
    load: () => import("@/features/cases/pages/CasePage"),
  },
  {
    path: "/open/:process",
    name: "frame.repair",
    permission: "case_act",
    load: () => import("@/features/cases/pages/OpenCase"),
  },
  {
    path: "/customers",
    name: "frame.customers",
    icon: ContactsOutlined,
    permission: "customer_read",
    area: "data",
    load: () => import("@/features/customers/pages/Customers"),
  },
  {
    path: "/vehicles",
    name: "frame.vehicles",
    icon: CarryOutOutlined,
    permission: "unit_read",
    area: "data",
    load: () => import("@/features/unit/pages/Vehicles"),
  },
  {
    path: "/unit/:id",
    name: "frame.desk",
    permission: "unit_read",
    load: () => import("@/features/unit/pages/UnitPage"),
  },
  {
    path: "/messages",
    name: "frame.messages",
    permission: null,
    load: () => import("@/features/messages/pages/Messages"),
  },
  {
    path: "/figures",
    name: "frame.figures",
    icon: BarChartOutlined,
    permission: "figure_read",
    area: "data",
    load: () => import("@/features/figures/pages/Figures"),
  },
  {
    path: "/scorecards",
    name: "frame.scorecards",
    icon: TrophyOutlined,
    permission: "figure_read",
    area: "data",
    load: () => import("@/features/scorecards/pages/Scorecards"),
  },
  {
    path: "/figures/:id",
    name: "frame.figures",
    permission: "figure_read",
    load: () => import("@/features/figures/pages/Measure"),
  },
  {
    path: "/prices",
    name: "frame.prices",
    icon: TagsOutlined,
    permission: "price_read",
    area: "data",
    load: () => import("@/features/prices/pages/Prices"),
  },
  {
    path: "/prices/:code",
    name: "frame.prices",
    permission: "price_read",
    load: () => import("@/features/prices/pages/PriceHistory"),
  },
  {
    path: "/parts",
    name: "frame.parts",
    icon: ToolOutlined,
    permission: "price_read",
    area: "data",
    load: () => import("@/features/prices/pages/Parts"),
  },
  {
    path: "/imports",
    name: "frame.imports",
    icon: ImportOutlined,
    permission: "import_run",
    area: "data",
    load: () => import("@/features/imports/pages/Imports"),
  },
  {
    path: "/rulebook",
    name: "frame.rulebook",
    icon: AuditOutlined,
    permission: "rulebook_read",
    area: "rules",
    load: () => import("@/features/rulebook/pages/Rulebook"),
  },
  {
    path: "/rulebook/drafts",
    name: "frame.drafts",
    icon: EditOutlined,
    permission: "rulebook_read",
    area: "rules",
    load: () => import("@/features/rulebook/drafts/pages/Drafts"),
  },
  {
    path: "/rulebook/migrations",
    name: "frame.migrations",
    permission: "rulebook_publish",
    load: () => import("@/features/rulebook/migrations/Migrations"),
  },
  {
    path: "/rulebook/drafts/:id",
    name: "frame.drafts",
    permission: "rulebook_read",
    load: () => import("@/features/rulebook/drafts/pages/DraftPage"),
  },
  {
    path: "/blanks",
    name: "print.blanks",
    permission: "document_read",
    load: () => import("@/features/printing/pages/Blanks"),
  },
  {
    path: "/printing",
    name: "print.settings",
    permission: "document_read",
    load: () => import("@/features/printing/pages/Printing"),
  },
  {
    path: "/me",
    name: "frame.me",
    permission: null,
    load: () => import("./Me"),
  },
];
