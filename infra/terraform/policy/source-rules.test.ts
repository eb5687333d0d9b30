import { describe, expect, it } from '@jest/globals';
import { excuse, findInSources, SOURCE_RULES } from './apply-rules.ts';
import { openSource, type Source } from './read-sources.ts';

const VERSIONS = `terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}`;
const GOOD: Record<string, string> = {
  'main.tf': 'resource "aws_sns_topic" "alarms" { name = var.name }',
  'variables.tf': 'variable "name" {\n  description = "Name."\n  type = string\n}',
  'outputs.tf': 'output "arn" {\n  description = "It."\n  value = aws_sns_topic.alarms.arn\n}',
  'versions.tf': VERSIONS,
};

type Case = [rule: number, what: string, file: string, text: string];

const CASES: Case[] = [
  [1, 'a variable without a type', 'variables.tf', 'variable "name" { description = "Name." }'],
  [1, 'a variable without a description', 'variables.tf', 'variable "name" { type = string }'],
  [2, 'an output without a description', 'outputs.tf', 'output "arn" { value = 1 }'],
  [
    3,
    'a variable that nothing uses',
    'main.tf',
    'resource "aws_sns_topic" "alarms" { name = "a" }',
  ],
  [3, 'a local that nothing uses', 'more.tf', 'locals { left = 1 }'],
  [3, 'a data source that nothing uses', 'more.tf', 'data "aws_region" "current" {}'],
  [4, 'a provider of any version', 'versions.tf', 'terraform { required_version = ">= 1.11" }'],
  [5, 'a name with a hyphen', 'more.tf', 'resource "aws_sqs_queue" "my-queue" {}'],
  [5, 'a name that says the type again', 'more.tf', 'resource "aws_sqs_queue" "sqs_queue" {}'],
  [6, 'a comment with slashes', 'more.tf', '// comment'],
  [7, 'a provider in a module', 'more.tf', 'provider "aws" { region = "eu-central-1" }'],
  [
    7,
    'the id of an account',
    'more.tf',
    'resource "aws_sqs_queue" "a" { policy = "arn:aws:iam::123456789012:root" }',
  ],
  [
    7,
    'the id of an image',
    'more.tf',
    'resource "aws_instance" "a" { ami = "ami-0123456789abcdef0" }',
  ],
  [7, 'an address', 'more.tf', 'resource "aws_sqs_queue" "a" { policy = "203.0.113.7/32" }'],
  [
    8,
    'a secret that is shown',
    'more.tf',
    'variable "db_password" {\n  description = "It."\n  type = string\n}',
  ],
  [
    8,
    'a password in the state',
    'more.tf',
    'resource "aws_db_instance" "a" { password = var.name }',
  ],
  [
    9,
    'a closed set that nothing checks',
    'more.tf',
    'variable "mode" {\n  description = "Takes one of a or b."\n  type = string\n}',
  ],
];

const open = (files: Record<string, string>): Promise<Source> =>
  openSource(
    'modules/test',
    Object.entries(files).map(([name, text]) => ({ name, text })),
    false,
  );

describe('rules over sources', () => {
  it('find nothing in a good module', async () => {
    expect(findInSources([await open(GOOD)])).toEqual([]);
  });

  it.each(CASES)('rule %i refuses %s', async (rule, _what, file, text) => {
    const found = findInSources([await open({ ...GOOD, [file]: text })]);
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });

  it('refuse a module without its four files', async () => {
    const three = { ...GOOD };
    delete three['outputs.tf'];
    expect(findInSources([await open(three)]).map(({ rule }) => rule)).toContain(6);
  });

  it('refuse a root without a lock file', async () => {
    const root: Source = { ...(await open(GOOD)), kind: 'root' };
    expect(findInSources([root]).map(({ rule }) => rule)).toContain(4);
  });

  it('are all held by a case that breaks them', () => {
    const broken = new Set(CASES.map(([rule]) => rule));
    expect(SOURCE_RULES.map(({ number }) => number).filter((one) => !broken.has(one))).toEqual([]);
  });
});

describe('exceptions', () => {
  const exception = { rule: 1, at: /^a$/, message: /bad/, reason: 'because' };

  it('excuse what they name and nothing else', () => {
    const excused = { rule: 1, at: 'a', message: 'It is bad.' };
    const others = [
      { ...excused, rule: 2 },
      { ...excused, at: 'ab' },
      { ...excused, message: 'No.' },
    ];
    expect(excuse([excused, ...others], [exception]).left).toEqual(others);
  });

  it('that were not needed are told', () => {
    expect(excuse([], [exception]).used.has(exception)).toBe(false);
  });
});
