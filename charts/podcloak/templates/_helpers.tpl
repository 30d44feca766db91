{{- /* Generated from templates/chart and src/manifests by `npm run chart`. Do not edit. */ -}}

{{/* The chart's name. */}}
{{- define "podcloak.name" -}}
podcloak
{{- end }}

{{/* The chart's name and version, for a label. */}}
{{- define "podcloak.chart" -}}
{{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Maps laid over each other: of one key the last value counts. Not merge or mergeOverwrite, for which an
empty string is nothing.
*/}}
{{- define "podcloak.layered" -}}
{{- $layered := dict }}
{{- range . }}
{{- range $key, $value := . }}
{{- $_ := set $layered $key $value }}
{{- end }}
{{- end }}
{{- toYaml $layered }}
{{- end }}

{{- define "podcloak.labels" -}}
{{- include "podcloak.layered" (list
  .Values.commonLabels
  (dict
    "helm.sh/chart" (include "podcloak.chart" .)
    "app.kubernetes.io/instance" .Release.Name)
  (dict
    "app.kubernetes.io/name" "podcloak"
    "app.kubernetes.io/part-of" "podcloak"
    "app.kubernetes.io/version" .Chart.AppVersion
    "app.kubernetes.io/managed-by" .Release.Service)) }}
{{- end }}

{{- define "podcloak.selectorLabels" -}}
app.kubernetes.io/name: podcloak
app.kubernetes.io/component: agent
{{- end }}

{{- define "podcloak.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ end }}
{{- end }}
