// What dashboards/gatehouse.json must be, by the types that Grafana publishes for it (npm: @grafana/schema): the dashboard
// and its variables, and each panel with the options and field options of its own kind. Compiled by deploy/test/grafana.
import type { Dashboard, DataQuery, FieldConfigSource, Panel, RowPanel } from '@grafana/schema';
import type * as BarGauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as Heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as Stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as StateTimeline from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as TimeSeries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

// The value of an enumeration as it stands in JSON; everything else as it is.
type Json<T> = T extends string
  ? `${T}`
  : T extends number
    ? `${number}` extends `${T}`
      ? number
      : `${T}` extends `${infer N extends number}`
        ? N
        : never
    : T extends (infer E)[]
      ? Json<E>[]
      : T extends object
        ? { [K in keyof T]: Json<T[K]> }
        : T;

// A panel's own fields, without the open-ended ones, which would let any name pass.
type Of<Type extends string, Options, FieldOptions> = Omit<Panel, 'type' | 'options' | 'fieldConfig' | 'targets'> & {
  type: Type;
  title: string;
  description: string;
  options: Options;
  fieldConfig: Omit<FieldConfigSource, 'defaults'> & {
    defaults: Omit<FieldConfigSource['defaults'], 'custom'> & { custom?: FieldOptions };
  };
  targets: Query[];
};

// A query to Prometheus. Its type is not among the published ones for panels of this version.
type Query = Pick<DataQuery, 'refId'> & {
  expr: string;
  legendFormat?: string;
  instant?: true;
  format?: 'time_series' | 'heatmap' | 'table';
};

type AnyPanel =
  | RowPanel
  | Of<'stat', Stat.Options, never>
  | Of<'timeseries', TimeSeries.Options, TimeSeries.FieldConfig>
  | Of<'state-timeline', StateTimeline.Options, StateTimeline.FieldConfig>
  | Of<'bargauge', BarGauge.Options, never>
  | Of<'heatmap', Heatmap.Options, Heatmap.FieldConfig>;

export type GatehouseDashboard = Json<Omit<Dashboard, 'panels'> & { panels: AnyPanel[] }>;
