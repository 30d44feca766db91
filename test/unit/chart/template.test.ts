import { describe, expect, it } from 'vitest';
import { template, textTemplate } from '../../../src/chart/template.js';
import {
  both,
  fieldsWhen,
  filled,
  isSet,
  itemsWhen,
  layered,
  listStandIn,
  mapStandIn,
  orElse,
  standIn,
  text,
  textWhen,
} from '../../../src/terms/index.js';

const value = (path: string, type: 'string' | 'boolean' | 'integer' = 'string') =>
  ({ kind: 'value', path: [path], type }) as const;
const flag = standIn<boolean>(value('flag', 'boolean'));
const port = standIn<number>(value('port', 'integer'));
const name = standIn(value('name'));
const map = mapStandIn({ kind: 'value', path: ['map'], type: 'map' });
const list = listStandIn({ kind: 'value', path: ['list'], type: 'list' });

describe('a template', () => {
  it('quotes text, and prints booleans and whole numbers bare', () => {
    expect(template({ name, flag, port, text: text(port) })).toBe(
      [
        'name: {{ .Values.name | quote }}',
        'flag: {{ .Values.flag }}',
        'port: {{ int64 .Values.port }}',
        'text: {{ int64 .Values.port | quote }}',
        '',
      ].join('\n'),
    );
  });

  it('says under which condition fields and items are there', () => {
    const items = ['always', ...itemsWhen(both(flag, isSet(name)), ['perhaps'])];
    expect(template({ items, ...fieldsWhen(flag, { field: 1 }) })).toBe(
      [
        'items:',
        '  - always',
        '  {{- if and .Values.flag .Values.name }}',
        '  - perhaps',
        '  {{- end }}',
        '{{- if .Values.flag }}',
        'field: 1',
        '{{- end }}',
        '',
      ].join('\n'),
    );
  });

  it('leaves out what is empty, and lays maps over each other', () => {
    expect(template({ ...filled({ list }), labels: layered({ a: 'b' }, map) })).toBe(
      [
        '{{- with .Values.list }}',
        'list:',
        '  {{- toYaml . | nindent 2 }}',
        '{{- end }}',
        'labels:',
        '  {{- include "podcloak.layered" (list',
        '    (dict',
        '      "a" "b")',
        '    .Values.map) | fromJson | toYaml | nindent 2 }}',
        '',
      ].join('\n'),
    );
  });

  it('has a text made of several as it is, without quotes, for definitions', () => {
    expect(textTemplate(`${name}:${orElse(name, 'x')}${textWhen(isSet(name), `@${name}`)}`)).toBe(
      '{{ .Values.name }}:{{ .Values.name | default "x" }}{{ if .Values.name }}@{{ .Values.name }}{{ end }}',
    );
  });

  it('escapes what helm would take for an action', () => {
    expect(template({ a: '{{ b }}' })).toBe('a: "{{ "{{" }} b }}"\n');
  });

  it('refuses a list that conditions could leave empty, and a user’s text inside other text', () => {
    expect(() => template({ items: itemsWhen(flag, ['perhaps']) })).toThrow('nothing may be left');
    expect(() => template({ text: `before ${name}` })).toThrow('in the midst of another');
  });
});

describe('the same words with values at hand', () => {
  it('are plain computations, also of text that looks like a stand-in', () => {
    expect(filled({ list: [], map: { a: 1 } })).toEqual({ map: { a: 1 } });
    expect(layered({ a: '1', b: '1' }, undefined, { a: '' })).toEqual({ a: '', b: '1' });
    expect(itemsWhen(false, ['x'])).toEqual([]);
    expect(orElse('', 'x')).toBe('x');
    const fake = '\ue0009999\ue001';
    expect([isSet(fake), orElse(fake, 'x'), text(fake)]).toEqual([true, fake, fake]);
  });
});
