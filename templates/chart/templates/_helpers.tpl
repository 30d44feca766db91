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
