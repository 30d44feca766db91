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
empty string is nothing. As JSON: toYaml cuts off a line break, which may be the last of a string's.
*/}}
{{- define "podcloak.layered" -}}
{{- $layered := dict }}
{{- range . }}
{{- range $key, $value := . }}
{{- $_ := set $layered $key $value }}
{{- end }}
{{- end }}
{{- toJson $layered }}
{{- end }}

{{/* The labels of what `helm test` makes, which no selector of the agents finds. */}}
{{- define "podcloak.testLabels" -}}
{{- include "podcloak.labels" . }}
app.kubernetes.io/component: test
{{- end }}

{{/* The labels of what `helm uninstall` makes first, which no selector of the agents finds. */}}
{{- define "podcloak.uninstallLabels" -}}
{{- include "podcloak.labels" . }}
app.kubernetes.io/component: uninstall
{{- end }}

{{/*
Made before anything is deleted, in the order of the weight that it takes. A Job that failed stays until the
next attempt: it says why in its log, which newer helms print.
*/}}
{{- define "podcloak.uninstallHook" -}}
helm.sh/hook: pre-delete
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{/* Made for `helm test` alone, in the order of the weight that it takes. Kept when the test fails. */}}
{{- define "podcloak.testHook" -}}
helm.sh/hook: test
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{- define "podcloak.namespace" -}}
{{ .Values.namespaceOverride | default .Release.Namespace }}
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
    "app.kubernetes.io/managed-by" .Release.Service)) | fromJson | toYaml }}
{{- end }}

{{- define "podcloak.fullname" -}}
{{ .Values.fullnameOverride | default "podcloak" }}
{{- end }}

{{- define "podcloak.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default (include "podcloak.fullname" .) }}
{{- end }}

{{- define "podcloak.startupTaintKey" -}}
{{ .Values.encryption.strictMode.startupTaint.key }}
{{- end }}

{{- define "podcloak.selectorLabels" -}}
app.kubernetes.io/name: podcloak
app.kubernetes.io/component: agent
{{- end }}

{{- define "podcloak.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ end }}
{{- end }}

{{- define "podcloak.keyJobTemplate" -}}
metadata:
  labels:
    {{- include "podcloak.labels" . | nindent 4 }}
    app.kubernetes.io/component: keys
spec:
  restartPolicy: Never
  serviceAccountName: "{{ include "podcloak.fullname" . }}-key"
  automountServiceAccountToken: true
  priorityClassName: {{ .Values.priorityClassName | quote }}
  hostNetwork: true
  dnsPolicy: Default
  enableServiceLinks: false
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    seccompProfile:
      type: RuntimeDefault
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  tolerations:
    - key: node.kubernetes.io/unreachable
      operator: Exists
      effect: NoExecute
      tolerationSeconds: 60
    - key: {{ include "podcloak.startupTaintKey" . | quote }}
      operator: Exists
    {{- with .Values.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.hostAliases }}
  hostAliases:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: key
      image: {{ include "podcloak.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy | quote }}
      args:
        - keys
        - create
        - "--fill"
        - "--name"
        - {{ .Values.encryption.ipsec.secretName | quote }}
        - "--namespace"
        - {{ include "podcloak.namespace" . | quote }}
        - "--key-file"
        - {{ .Values.encryption.ipsec.keyFile | quote }}
      {{- if .Values.k8sServiceHost }}
      env:
        - name: KUBERNETES_SERVICE_HOST
          value: {{ .Values.k8sServiceHost | quote }}
        - name: KUBERNETES_SERVICE_PORT
          value: {{ .Values.k8sServicePort | default "443" | quote }}
      {{- end }}
      resources:
        requests:
          cpu: 25m
          memory: 96Mi
        limits:
          memory: 256Mi
      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop:
            - ALL
        readOnlyRootFilesystem: true
      terminationMessagePolicy: FallbackToLogsOnError
{{- end }}
